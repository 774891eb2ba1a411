// The telephones of the page: the server tells what happens on their lines, here it is shown, spoken and answered.
import { ring, stopRinging } from './telephone-ring.js'
import { hush, speak, useSound } from './telephone-voice.js'

const phones = new Map()
for (const element of document.querySelectorAll('.phone'))
  phones.set(element.dataset.phone, openPhone(element))

let lastUsed = 'caller'

function openPhone(element) {
  const part = name => element.querySelector(`[data-part="${name}"]`)
  return { element, call: -1, display: part('display'), hint: part('hint'), lines: part('lines') }
}

async function send(key, deed, fields = {}) {
  lastUsed = key
  if (deed !== 'say') hush(key)
  const response = await fetch(`/sandbox/telephone/${key}/${deed}`, {
    method: 'POST',
    body: new URLSearchParams(fields),
  })
  if (response.status === 409 && deed === 'call')
    phones.get(key).hint.textContent = 'This telephone is in use.'
}

function show({ key, call, state, display, hint, lines }, first) {
  const phone = phones.get(key)
  const { element } = phone
  if (phone.call !== call) {
    phone.call = call
    hush(key)
    if (call > 0) phone.lines.replaceChildren()
  }
  element.dataset.state = state
  setText(phone.display, display)
  setText(phone.hint, hint)
  const busy = state === 'open' || state === 'joined'
  for (const button of element.querySelectorAll('[data-key]')) button.disabled = !busy
  for (const field of element.querySelectorAll('form [name], form button')) field.disabled = !busy
  setDeed(element, 'call', state === 'idle')
  setDeed(element, 'answer', state === 'ringing')
  setDeed(element, 'decline', state === 'ringing')
  setDeed(element, 'hang-up', state === 'dialling' || busy)
  for (const line of lines) addLine(phone, key, line, first)
  if (state === 'ringing') ring(key)
  else stopRinging(key)
  if (state === 'idle') hush(key)
}

function setText(element, text) {
  if (element.textContent !== text) element.textContent = text
}

/** A button keeps its place while it is only disabled: what cannot be done at all now is away. */
function setDeed(element, deed, possible) {
  const button = element.querySelector(`button[data-deed="${deed}"]`)
  if (!button) return
  button.disabled = !possible
  if (deed === 'answer' || deed === 'decline') button.hidden = !possible
  const answering = element.dataset.state === 'ringing'
  if (deed === 'call' || deed === 'hang-up') button.hidden = answering
}

function addLine({ lines }, key, { kind, language, words, seconds }, first) {
  const item = document.createElement('li')
  const played = /^\[(plays|keys) (.*)\]$/s.exec(words)
  item.className = kind
  item.textContent = played
    ? played[1] === 'plays'
      ? '♪ A recording is played.'
      : `Tones: ${played[2]}`
    : words
  if (kind === 'hears' && language) item.lang = language
  if (kind === 'hears' && !language && !played) item.className = 'hears person'
  const atEnd = lines.scrollHeight - lines.scrollTop - lines.clientHeight < 60
  lines.append(item)
  if (atEnd || first) lines.scrollTop = lines.scrollHeight
  if (!first && kind === 'hears' && !played) speak(key, words, language || spokenAt(), seconds)
}

/** People speak the language of the hotline that was chosen. */
function spokenAt() {
  return document.getElementById('to').selectedOptions[0]?.dataset.language === 'en' ? 'en-GB' : 'de-DE'
}

/** One agent's telephone is shown: the one that rings, unless the shown one is in use. */
function showAgent(key) {
  for (const button of document.querySelectorAll('[data-whose]')) {
    const mine = button.dataset.whose === key
    button.setAttribute('aria-pressed', String(mine))
    phones.get(button.dataset.whose).element.hidden = !mine
  }
}

function shownAgent() {
  return document.querySelector('[data-whose][aria-pressed="true"]')?.dataset.whose
}

function markRinging() {
  for (const button of document.querySelectorAll('[data-whose]')) {
    const rings = phones.get(button.dataset.whose).element.dataset.state === 'ringing'
    button.querySelector('.ring-mark').hidden = !rings
    if (rings && phones.get(shownAgent()).element.dataset.state === 'idle') showAgent(button.dataset.whose)
  }
  const rings = key => phones.get(key).element.dataset.state === 'ringing'
  const agentRings = [...phones.keys()].some(key => key !== 'caller' && rings(key))
  document.querySelector('[data-jump="caller"]').classList.toggle('ringing', rings('caller'))
  document.querySelector('[data-jump="agents"]').classList.toggle('ringing', agentRings)
}

document.addEventListener('click', ({ target }) => {
  const button = target instanceof Element ? target.closest('button') : null
  if (!button) return
  if (button.dataset.whose) return showAgent(button.dataset.whose)
  const key = button.closest('.phone')?.dataset.phone
  if (!key) return
  if (button.dataset.key) return void send(key, 'press', { keys: button.dataset.key })
  const { deed } = button.dataset
  if (deed === 'call') {
    const [from, to] = ['from', 'to'].map(id => document.getElementById(id).value)
    return void send(key, 'call', { from, to })
  }
  if (deed) void send(key, deed)
})

document.addEventListener('submit', event => {
  const form = event.target
  if (form.dataset.deed !== 'say') return
  event.preventDefault()
  const field = form.elements.namedItem('words')
  if (field.value.trim() === '') return
  void send(form.closest('.phone').dataset.phone, 'say', { words: field.value })
  field.value = ''
})

// Keys of the keyboard are keys of the telephone that was used last, unless something is being written.
document.addEventListener('keydown', event => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return
  if (!/^[0-9*#]$/.test(event.key) || event.target.closest('input:not([type="checkbox"]), select, textarea'))
    return
  const key = event.target.closest('.phone')?.dataset.phone ?? lastUsed
  const button = phones.get(key)?.element.querySelector(`[data-key="${event.key}"]`)
  if (!button || button.disabled) return
  event.preventDefault()
  button.classList.add('pressed')
  setTimeout(() => button.classList.remove('pressed'), 150)
  void send(key, 'press', { keys: event.key })
})

const sound = document.getElementById('sound')
sound.checked = localStorage.getItem('telephone-sound') !== 'off'
useSound(sound.checked)
sound.addEventListener('change', () => {
  localStorage.setItem('telephone-sound', sound.checked ? 'on' : 'off')
  useSound(sound.checked)
  if (!sound.checked) for (const key of phones.keys()) stopRinging(key)
})

showAgent(document.querySelector('[data-whose]').dataset.whose)
const lost = document.getElementById('lost')
const events = new EventSource('/sandbox/telephone/events')
events.addEventListener('open', () => {
  lost.hidden = true
})
events.addEventListener('error', () => {
  lost.hidden = false
})
events.addEventListener('message', ({ data }) => {
  const { first, phones: told } = JSON.parse(data)
  // After a reconnection everything is told once more.
  if (first) for (const phone of phones.values()) phone.call = -1
  for (const news of told) show(news, first)
  markRinging()
})

// Reads aloud what is heard in the telephones, one voice at a time. Without voices, or switched off, it is read only.
const synthesis = window.speechSynthesis
const hint = document.getElementById('voices')
let waiting = []
let speaking
let on = true

export function useSound(wanted) {
  on = wanted
  if (!on) hushAll()
}

/** `seconds`: how long the line takes to say it, which the voice keeps to as far as it can be understood. */
export function speak(key, words, language, seconds) {
  if (!on || !synthesis) return
  waiting.push({ key, words, language, seconds })
  next()
}

/** Whoever presses a key or hangs up has heard enough. */
export function hush(key) {
  waiting = waiting.filter(one => one.key !== key)
  if (speaking?.key !== key) return
  speaking = undefined
  synthesis?.cancel()
  next()
}

function hushAll() {
  waiting = []
  speaking = undefined
  synthesis?.cancel()
}

function next() {
  if (speaking || waiting.length === 0) return
  const voices = synthesis.getVoices()
  const [one] = waiting
  const voice = voiceFor(one.language, voices)
  // Some browsers know their voices a moment later, some have none: then nothing waits for a voice that never comes.
  if (voices.length > 0)
    tell(voice ? '' : `This browser has no voice for ${one.language}; please read along.`)
  waiting.shift()
  const utterance = new SpeechSynthesisUtterance(one.words)
  utterance.lang = one.language
  if (voice) utterance.voice = voice
  utterance.rate = rateFor(one)
  speaking = one
  const done = () => {
    if (speaking !== one) return
    speaking = undefined
    next()
  }
  utterance.addEventListener('end', done)
  utterance.addEventListener('error', done)
  if (voices.length > 0 && !voice) return done()
  synthesis.speak(utterance)
  // Without any voice a browser neither speaks nor says that it is done.
  setTimeout(done, one.seconds * 2000 + 4000)
}

function voiceFor(language, voices) {
  const like = tag =>
    voices.find(({ lang }) => lang.replace('_', '-').toLowerCase().startsWith(tag.toLowerCase()))
  return like(language) ?? like(language.slice(0, 2))
}

/** A voice says about fourteen characters a second. */
function rateFor({ words, seconds }) {
  const natural = words.length / 14
  return Math.min(1.5, Math.max(0.9, natural / Math.max(seconds, 0.5)))
}

function tell(words) {
  if (hint.textContent !== words) hint.textContent = words
}

if (!synthesis) tell('This browser cannot read aloud; please read along.')

// Rings: two tones for a second, silence for four, as long as a telephone rings and the sound is on.
const ringing = new Map()
let context

export function ring(key) {
  if (ringing.has(key)) return
  const once = () => {
    if (document.getElementById('sound').checked) tone()
  }
  ringing.set(key, setInterval(once, 5000))
  once()
}

export function stopRinging(key) {
  clearInterval(ringing.get(key))
  ringing.delete(key)
}

/** Browsers let a page make a sound only after somebody has used it: before, it rings without one. */
function tone() {
  if (!navigator.userActivation?.hasBeenActive) return
  context ??= new AudioContext()
  const volume = context.createGain()
  volume.connect(context.destination)
  const start = context.currentTime
  volume.gain.setValueAtTime(0, start)
  for (let beat = 0; beat < 10; beat++) {
    volume.gain.linearRampToValueAtTime(0.06, start + beat * 0.1 + 0.03)
    volume.gain.linearRampToValueAtTime(0.01, start + beat * 0.1 + 0.1)
  }
  volume.gain.linearRampToValueAtTime(0, start + 1.05)
  for (const frequency of [440, 554]) {
    const oscillator = context.createOscillator()
    oscillator.frequency.value = frequency
    oscillator.connect(volume)
    oscillator.start(start)
    oscillator.stop(start + 1.1)
  }
}

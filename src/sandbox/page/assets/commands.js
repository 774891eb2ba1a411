// Puts an example command on a line of its own, above the reply's first words and below commands that are there.
document.addEventListener('click', ({ target }) => {
  const button = target instanceof Element ? target.closest('button[data-insert]') : null
  const field = button && document.getElementById(button.dataset.into)
  if (!field) return
  const lines = field.value.split('\n')
  const first = lines.findIndex(line => !line.startsWith('#'))
  const place = first < 0 ? lines.length : first
  field.value = lines.toSpliced(place, 0, button.dataset.insert).join('\n')
  const end = lines.slice(0, place).join('\n').length + (place > 0 ? 1 : 0) + button.dataset.insert.length
  field.focus()
  field.setSelectionRange(end, end)
  field.scrollTop = 0
})

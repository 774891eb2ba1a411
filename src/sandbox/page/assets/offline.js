// Says so while the gateway does not answer: a page that polls in vain looks like one where nothing happens.
const banner = document.getElementById('offline')

document.addEventListener('htmx:finally:request', event => {
  const status = event.detail?.ctx?.response?.status ?? 0
  banner.hidden = status > 0 && status < 500
})

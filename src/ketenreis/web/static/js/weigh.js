// A button that leads to a page of its own sends its form as a page, also where the form otherwise acts in place.

document.addEventListener('submit', event => {
  if (event.submitter?.hasAttribute('data-page')) event.stopImmediatePropagation()
}, true)

// What of a page can be measured in a browser and axe does not look at. Returns what is wrong, one line each.
() => {
  const faults = []
  const root = document.documentElement
  const named = element => {
    const words = (element.innerText || element.value || element.id || '').trim().replace(/\s+/g, ' ').slice(0, 40)
    return `<${element.tagName.toLowerCase()} class="${element.getAttribute('class') || ''}"> “${words}”`
  }
  const isHidden = element => {
    const box = element.getBoundingClientRect()
    return box.width <= 1 || box.height <= 1 || element.closest('.hidden-words, .govuk-skip-link') !== null ||
      !element.checkVisibility({ visibilityProperty: true })
  }
  const seen = [...document.body.querySelectorAll('*')].filter(element => !isHidden(element))
  const hasText = element => [...element.childNodes].some(one => one.nodeType === 3 && one.data.trim())

  // No sideways scroll; whoever sticks out is named.
  if (root.scrollWidth > root.clientWidth) {
    const out = seen.filter(element => element.getBoundingClientRect().right > root.clientWidth + 1)
    faults.push(`${root.scrollWidth - root.clientWidth} px too wide: ${out.slice(0, 3).map(named).join(', ')}`)
  }

  for (const element of seen) {
    const style = getComputedStyle(element)
    // Nothing cut off: Vietnamese has marks above and below, often two on a letter. (Drawings may be.)
    if ([style.overflowX, style.overflowY].some(one => one === 'hidden' || one === 'clip')) {
      const box = element.getBoundingClientRect()
      const cut = [element, ...element.querySelectorAll('*')].filter(one => hasText(one) && !isHidden(one)).find(one => {
        const range = document.createRange()
        range.selectNodeContents(one)
        const text = range.getBoundingClientRect()
        return text.bottom > box.bottom + 1 || text.right > box.right + 1 || text.top < box.top - 1
      })
      const isShortened = style.webkitLineClamp !== 'none' // it ends in an ellipsis
      if (cut && !isShortened) faults.push(`cut off: ${named(cut)}`)
    }
    // The words of an empty choice fit; what is chosen from a long list may end in an ellipsis.
    if (element.matches('select') && element.selectedIndex === 0) {
      const pen = new OffscreenCanvas(1, 1).getContext('2d')
      pen.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`
      const room = element.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight) - 20
      if (pen.measureText(element.options[0].text).width > room) faults.push(`cut off: ${element.options[0].text}`)
    }
    if (hasText(element)) {
      const lead = parseFloat(style.lineHeight) / parseFloat(style.fontSize)
      if (lead < (element.closest('h1, h2, h3, h4') ? 1.28 : 1.25) - 0.001) {
        faults.push(`lines too tight (${lead.toFixed(2)}) for two marks on a letter: ${named(element)}`)
      }
      if (parseFloat(style.fontSize) < 12) faults.push(`letters of ${style.fontSize}: ${named(element)}`)
    }
  }

  // A code is copied by hand: it stays on one line wherever it fits on one.
  for (const code of seen.filter(element => element.matches('.code:not(pre, input), .slip__code span, td > code'))) {
    const range = document.createRange()
    range.selectNodeContents(code)
    const boxes = [...range.getClientRects()]
    const lines = new Set(boxes.map(box => Math.round(box.top)))
    const needs = boxes.reduce((sum, box) => sum + box.width, 0)
    const room = code.closest('p, li, dd, td, div, main').clientWidth
    if (lines.size > 1 && !code.innerText.includes(' ') && needs <= room) {
      faults.push(`broken code: ${named(code)}`)
    }
  }

  // Whatever is pressed is at least 44 px high; links inside sentences are as high as their line.
  const boxOf = element => {
    const label = element.matches('[type=radio], [type=checkbox]') && (element.labels || [])[0]
    const boxes = [element, ...(label ? [label] : [])].map(one => one.getBoundingClientRect())
    return { width: Math.max(...boxes.map(box => box.width)), height: Math.max(...boxes.map(box => box.height)) }
  }
  const inSentence = link => {
    if (getComputedStyle(link).display !== 'inline' && !link.matches('.code')) return false
    const around = link.closest('p, li, dd, td, th, figcaption, span:not(a span), div')
    return around !== null && around.innerText.trim().length > link.innerText.trim().length
  }
  for (const element of seen) {
    if (!element.matches('a[href], button, summary, input:not([type=hidden]), select, textarea')) continue
    if (element.matches('a') && inSentence(element)) continue
    if (getComputedStyle(element, '::after').position === 'absolute') continue // reaches over its row
    const { width, height } = boxOf(element)
    if (height < 43.5 || width < 24) faults.push(`${Math.round(width)} × ${Math.round(height)} px: ${named(element)}`)
  }
  return faults
}

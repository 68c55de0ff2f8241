/**
 * Visible texts of the page, runs inside of it, whose contrast with what is behind them is below 4.5 : 1, the least that
 * WCAG 2.2 (https://www.w3.org/TR/WCAG22/#contrast-minimum) asks of usual text. Backgrounds are those of the elements
 * around the text; texts in charts stand on the card or the page behind them.
 */
export function lowContrast(): readonly string[] {
  type Color = readonly [number, number, number, number];
  const colorOf = (text: string): Color => {
    const [r = 0, g = 0, b = 0, a = 1] = (text.match(/[\d.]+/g) ?? []).map(Number);
    return [r, g, b, a];
  };
  const over = ([r, g, b, a]: Color, below: Color): Color => [
    r * a + below[0] * (1 - a),
    g * a + below[1] * (1 - a),
    b * a + below[2] * (1 - a),
    1,
  ];
  const behind = (element: Element | null): Color => {
    if (element === null) return [255, 255, 255, 1];
    const color = colorOf(getComputedStyle(element).backgroundColor);
    return color[3] === 1 ? color : over(color, behind(element.parentElement));
  };
  const luminance = (color: Color): number => {
    const [r, g, b] = color.slice(0, 3).map((value) => {
      const share = value / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    }) as [number, number, number];
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (element: Element): number => {
    const style = getComputedStyle(element);
    const background = behind(element);
    const ink = element instanceof SVGElement ? style.fill : style.color;
    const [a, b] = [luminance(over(colorOf(ink), background)), luminance(background)];
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  };
  const found = new Map<string, string>();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const element = node.parentElement;
    const text = node.textContent?.trim() ?? '';
    if (element === null || text === '' || !element.checkVisibility({ visibilityProperty: true })) continue;
    if (['SCRIPT', 'STYLE', 'OPTION', 'title'].includes(element.tagName)) continue;
    const ratio = contrast(element);
    if (ratio >= 4.5) continue;
    const place = `${element.tagName.toLowerCase()}.${element.getAttribute('class') ?? ''} in ${element.closest('[class]')?.getAttribute('class')}`;
    found.set(place, `${place}: ${ratio.toFixed(2)} "${text.slice(0, 30)}"`);
  }
  return [...found.values()];
}

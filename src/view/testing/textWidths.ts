import { vi } from 'vitest'

/** Gives text its width without a browser: letters as wide as the map's faces are on average. Returns the function that ends it. */
export function stubTextWidths(): () => void {
  const context = {
    font: '',
    measureText: (text: string) => {
      const size = Number(/(\d+(?:\.\d+)?)px/.exec(context.font)?.[1])
      return { width: text.length * size * (/Mono/.test(context.font) ? 0.6 : 0.44) }
    },
  }
  vi.stubGlobal('document', { createElement: () => ({ getContext: () => context }) })
  return () => vi.unstubAllGlobals()
}

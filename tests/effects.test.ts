import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { root } from './support/browser'
import { effectFaults } from './support/effects'

const SCROLL = join('ui', 'dom', 'scroll.ts')

describe('effects of the page', () => {
  it('return only clean-ups to React, and scroll only in one module', () => {
    const files = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' }).filter(
      (file) => /\.tsx?$/.test(file) && !file.includes('.test.') && file !== SCROLL,
    )
    expect(files.length).toBeGreaterThan(100)
    const found = files.flatMap((file) =>
      effectFaults(file, readFileSync(join(root, 'src', file), 'utf8')).map((fault) => `${file}: ${fault}`),
    )
    expect(found).toEqual([])
  })

  it.each([
    ['an effect is a block', 'useEffect(() => window.scrollTo(0, 0), [])'],
    ['an effect is a block', 'useEffect(() => note(sent), [sent])'],
    ['an effect is a block', 'React.useLayoutEffect(() => box.current?.focus())'],
    ['an effect is a block', 'useInsertionEffect(() => (on ? f() : undefined))'],
    ['an effect is a block', 'const a = <p ref={(p) => p?.animate([])} />'],
    ['an effect returns its clean-up', 'useEffect(() => { return video.play() })'],
    ['an effect returns its clean-up', 'useEffect(function () { if (a) return navigator.clipboard.writeText(a) })'],
    ['an effect returns its clean-up', 'useEffect(() => { return a ? () => b() : c.show() })'],
    ['an effect returns its clean-up', 'const a = <p ref={(p) => { return p.requestFullscreen() }} />'],
    ['an effect returns its clean-up', 'useEffect(() => { const a = () => 1; a(); return document.exitFullscreen() })'],
    ['scrolling goes through', 'const a = () => element?.scrollIntoView()'],
    ['scrolling goes through', 'scrollBy(0, 1)'],
    ['scrolling goes through', 'box.current.scroll({ top: 0 })'],
  ])('would be caught: %s, in %s', (rule, code) => {
    expect(effectFaults('a.tsx', code).join('\n')).toContain(rule)
  })

  it.each([
    'useEffect(() => { note(sent) }, [sent])',
    'useEffect(() => { if (a) return; b(); return () => c.scrollTop })',
    'useEffect(() => { const stop = listen(); return stop })',
    'useEffect(() => { const f = () => { return b() }; f(); return run.subscribe(f) })',
    'useEffect(() => () => stop(), [])',
    'useEffect(sync, [a])',
    'const a = <p ref={box} onClick={() => b()} />',
    'const at = useMemo(() => box.scrollTop, [])',
  ])('may be written: %s', (code) => {
    expect(effectFaults('a.tsx', code)).toEqual([])
  })
})

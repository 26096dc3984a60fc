import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import './ui/styles/fonts.css'
import './ui/styles/tokens.css'
import './ui/styles/base.css'
import { App } from './ui/App'
import { startLanguage } from './ui/language'

const FONTS = [
  '400 16px "Commissioner Variable"',
  '400 16px "Newsreader Variable"',
  'italic 400 16px "Newsreader Variable"',
  '400 16px "Spline Sans Mono Variable"',
]
/** The longest wait for the fonts, which come from our own origin, in milliseconds. */
const FONTS_AT_MOST = 1500

// The first paint has its final fonts, so that nothing moves afterwards and the map can measure its words.
const fonts = Promise.all(FONTS.map((face) => document.fonts.load(face))).catch(() => undefined)
const enough = new Promise((resolve) => setTimeout(resolve, FONTS_AT_MOST))
// English is built in: if a language cannot be fetched, the page stays in English.
const words = startLanguage().catch(() => undefined)
void Promise.all([words, Promise.race([fonts, enough])]).then(() => {
  const root = document.getElementById('root')
  if (root)
    createRoot(root).render(
      <StrictMode>
        <App />
      </StrictMode>,
    )
})

import { Contrast, Keyboard, Moon, Sun } from 'lucide-react'
import { Link, useLocation } from 'wouter'
import { Wordmark } from '../icons/Wordmark'
import { type Page, pages } from './pages'
import { setTheme, type ThemeChoice, useTheme } from './theme'

const THEMES: readonly { choice: ThemeChoice; says: string; Icon: typeof Sun }[] = [
  { choice: 'system', says: 'as the system', Icon: Contrast },
  { choice: 'light', says: 'light', Icon: Sun },
  { choice: 'dark', says: 'dark', Icon: Moon },
]

export function TopBar({ onKeys }: { readonly onKeys: () => void }) {
  const [location] = useLocation()
  return (
    <header className="top">
      <Link className="wordmark" href="/" aria-label="EHLO World, home">
        <Wordmark />
      </Link>
      <nav aria-label="Pages">
        {pages.filter(isLinked).map(({ path, title }) => (
          <Link
            key={path}
            href={path}
            aria-current={location === path || location.startsWith(`${path}/`) ? 'page' : undefined}
          >
            {title}
          </Link>
        ))}
      </nav>
      <div className="top-end">
        <button type="button" className="icon-button keys-button" aria-label="Keys" title="Keys (?)" onClick={onKeys}>
          <Keyboard aria-hidden="true" />
        </button>
        <ThemeSwitch />
      </div>
    </header>
  )
}

const isLinked = (page: Page): page is Page & { title: string } => page.title !== undefined

function ThemeSwitch() {
  const theme = useTheme()
  const at = THEMES.findIndex(({ choice }) => choice === theme)
  const { says, Icon } = THEMES[at] as (typeof THEMES)[number]
  const next = THEMES[(at + 1) % THEMES.length] as (typeof THEMES)[number]
  return (
    <button
      type="button"
      className="icon-button"
      aria-label={`Theme: ${says}. Change to ${next.says}`}
      title={`Theme: ${says}`}
      onClick={() => setTheme(next.choice)}
    >
      <Icon aria-hidden="true" />
    </button>
  )
}

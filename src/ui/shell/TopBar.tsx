import { Contrast, Keyboard, Moon, Sun } from 'lucide-react'
import { Link, useLocation } from 'wouter'
import { shellText } from '../../messages/shell'
import { Wordmark } from '../icons/Wordmark'
import { type Page, type PageTitle, pages } from './pages'
import { setTheme, type ThemeChoice, useTheme } from './theme'

const THEMES: readonly { choice: ThemeChoice; Icon: typeof Sun }[] = [
  { choice: 'system', Icon: Contrast },
  { choice: 'light', Icon: Sun },
  { choice: 'dark', Icon: Moon },
]

export function TopBar({ onKeys }: { readonly onKeys: () => void }) {
  const [location] = useLocation()
  return (
    <header className="top">
      <Link className="wordmark" href="/" aria-label={shellText('home')}>
        <Wordmark />
      </Link>
      <nav aria-label={shellText('pages')}>
        {pages.filter(isLinked).map(({ path, title }) => (
          <Link
            key={path}
            href={path}
            aria-current={location === path || location.startsWith(`${path}/`) ? 'page' : undefined}
          >
            {shellText(`page.${title}`)}
          </Link>
        ))}
      </nav>
      <div className="top-end">
        <button
          type="button"
          className="icon-button keys-button"
          aria-label={shellText('keys')}
          title={shellText('keysHint')}
          onClick={onKeys}
        >
          <Keyboard aria-hidden="true" />
        </button>
        <ThemeSwitch />
      </div>
    </header>
  )
}

const isLinked = (page: Page): page is Page & { title: PageTitle } => page.title !== undefined

function ThemeSwitch() {
  const theme = useTheme()
  const at = THEMES.findIndex(({ choice }) => choice === theme)
  const { Icon } = THEMES[at] as (typeof THEMES)[number]
  const next = THEMES[(at + 1) % THEMES.length] as (typeof THEMES)[number]
  return (
    <button
      type="button"
      className="icon-button"
      aria-label={shellText('themeChange', { now: theme, next: next.choice })}
      title={shellText('theme', { now: theme })}
      onClick={() => setTheme(next.choice)}
    >
      <Icon aria-hidden="true" />
    </button>
  )
}

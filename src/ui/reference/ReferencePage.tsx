import { memo, type RefObject, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react'
import { useLocation } from 'wouter'
import { referenceText } from '../../messages/reference'
import { languageOf } from '../../messages/topic'
import type { CatalogueEntry } from '../../session/catalogue'
import {
  addressOf,
  type Documented,
  found,
  groupsOf,
  namedIn,
  presented,
  type ReferenceEntry,
  statesInWords,
} from '../../view/reference/entries'
import { textOf } from '../../view/reference/entryText'
import { scrollIntoSight } from '../dom/scroll'
import { hueStyle } from '../panels/hue'
import { ProtocolMark } from '../panels/ProtocolMark'
import { code, joined } from '../shell/rich'
import { Standard } from '../shell/Standard'
import { SEARCH_FIELD, takeSearchWish } from '../shell/searchWish'
import { useTitle } from '../shell/useTitle'
import styles from './reference.module.css'

/** Every command and code that the servers of this world know, from the catalogues by which they parse. */
export function ReferencePage() {
  // The path is parsed here at each navigation, because an entry's name may contain characters at which a route would be cut.
  useLocation()
  const { protocol, slug, unknown } = namedIn(location.hash)
  useTitle(titleOf(protocol, slug))
  const [typed, setWanted] = useState('')
  // Typing is shown at once; the list follows.
  const wanted = useDeferredValue(typed)
  const matching = useMemo(() => presented().map((name) => ({ name, members: found(name, wanted) })), [wanted])
  const shown = matching.filter(({ name }) => protocol === undefined || name === protocol)
  const count = shown.reduce((sum, { members }) => sum + members.length, 0)
  useEntryInSight(protocol, slug)
  const search = useRef<HTMLInputElement>(null)
  useSearchWish(search)
  return (
    <div className={styles.page}>
      <h1 className={styles.heading}>{referenceText('title')}</h1>
      <p className={styles.lead}>{referenceText('about')}</p>
      <div className={styles.search}>
        <label htmlFor={SEARCH_FIELD}>{referenceText('search')}</label>
        <input
          ref={search}
          id={SEARCH_FIELD}
          className="field"
          aria-keyshortcuts="/"
          type="search"
          value={typed}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => setWanted(event.target.value)}
        />
        <span className={styles.count} role="status">
          {referenceText('count', { count })}
        </span>
        <nav className={styles.protocols} aria-label={referenceText('protocols')}>
          <a href="#/reference" aria-current={protocol === undefined ? 'page' : undefined}>
            {referenceText('all')}
          </a>
          {matching.map(({ name, members }) => (
            <a key={name} href={addressOf(name)} aria-current={protocol === name ? 'page' : undefined}>
              {name} <span>{members.length}</span>
            </a>
          ))}
        </nav>
      </div>
      {unknown !== undefined && (
        <p className={styles.none} role="alert">
          {protocol === undefined
            ? referenceText('noProtocol', { name: unknown })
            : referenceText('noEntry', { name: unknown, protocol })}
        </p>
      )}
      {count === 0 && (
        <p className={styles.none}>
          {protocol === undefined ? referenceText('none') : referenceText('noneIn', { protocol })}
        </p>
      )}
      {shown.map(({ name, members }) =>
        members.length === 0 ? null : (
          <Protocol key={name} name={name} members={members} lit={name === protocol ? slug : undefined} />
        ),
      )}
      {/* The build writes it (scripts/licencesPlugin.ts). */}
      {import.meta.env.PROD && (
        <p className={styles.licences}>
          <a href="licences.txt">{referenceText('licences')}</a>
        </p>
      )}
    </div>
  )
}

const idOf = (protocol: Documented, slug: string): string => `${protocol}-${slug.replace(/[^A-Za-z0-9.]/g, '_')}`

/** Scrolls the entry that the address names into sight and moves the focus to it. */
function useEntryInSight(protocol: Documented | undefined, slug: string | undefined): void {
  useEffect(() => {
    if (protocol === undefined || slug === undefined) return
    const element = document.getElementById(idOf(protocol, slug))
    scrollIntoSight(element, 'center')
    element?.querySelector('a')?.focus({ preventScroll: true })
  }, [protocol, slug])
}

/** If the slash key led here from another page, the search gets the focus. */
function useSearchWish(search: RefObject<HTMLInputElement | null>): void {
  useEffect(() => {
    if (takeSearchWish()) search.current?.focus()
  }, [search])
}

function titleOf(protocol: Documented | undefined, slug: string | undefined): string {
  if (protocol === undefined) return referenceText('title')
  return slug === undefined
    ? referenceText('pageTitle', { protocol })
    : referenceText('entryTitle', { entry: slug, protocol })
}

interface ProtocolProps {
  readonly name: Documented
  readonly members: readonly ReferenceEntry[]
  readonly lit: string | undefined
}

/** The purpose of each protocol. */
const ABOUT: Readonly<Record<string, 'about.SMTP' | 'about.DNS' | 'about.POP3' | 'about.IMAP' | 'about.TCP'>> = {
  SMTP: 'about.SMTP',
  DNS: 'about.DNS',
  POP3: 'about.POP3',
  IMAP: 'about.IMAP',
  TCP: 'about.TCP',
}

const Protocol = memo(function Protocol({ name, members, lit }: ProtocolProps) {
  const groups = groupsOf(members)
  const about = ABOUT[name]
  return (
    <section className={styles.protocol} style={hueStyle(name)} aria-labelledby={`reference-${name}`}>
      <h2 id={`reference-${name}`}>
        <ProtocolMark protocol={name} /> {name} {about && <small>{referenceText(about)}</small>}
      </h2>
      {groups.length > 1 && (
        <ul className={styles.kinds} aria-label={referenceText('parts', { protocol: name })}>
          {groups.map(([kind, of]) => (
            <li key={kind}>
              <button
                className="as-link"
                type="button"
                onClick={() => scrollIntoSight(document.getElementById(`${name}-${kind}`), 'start')}
              >
                {referenceText(`kind.${kind}`)}
              </button>{' '}
              {of.length}
            </li>
          ))}
        </ul>
      )}
      {groups.map(([kind, of]) => (
        <div key={kind} id={`${name}-${kind}`} className={styles.group}>
          <h3>{referenceText(`kind.${kind}`)}</h3>
          <dl>
            {of.map(({ entry, slug }) => (
              <Entry key={slug} entry={entry} slug={slug} lit={slug === lit} />
            ))}
          </dl>
        </div>
      ))}
    </section>
  )
})

interface EntryProps {
  readonly entry: CatalogueEntry
  readonly slug: string
  readonly lit: boolean
}

const Entry = memo(function Entry({ entry, slug, lit }: EntryProps) {
  const { protocol, name, syntax, example, term, rfc } = entry
  const { meaning, slip } = textOf(entry)
  const states = statesInWords(entry)
  return (
    <div className={styles.entry} id={idOf(protocol, slug)} data-lit={lit ? '' : undefined}>
      <dt>
        <a className={styles.name} translate="no" href={addressOf(protocol, slug)}>
          {name}
        </a>
        {syntax && syntax !== name && <code translate="no">{syntax}</code>}
      </dt>
      <dd>
        <p lang={languageOf(meaning)}>{withCode(meaning)}</p>
        {slip && (
          <p className={styles.slip} lang={languageOf(slip)}>
            {withCode(slip)}
          </p>
        )}
        {example && example !== syntax && <p>{joined(referenceText.parts('example', { example, code }))}</p>}
        <p className={styles.source}>
          <span translate="no">
            {term}, <Standard place={rfc} />
          </span>
          {states && referenceText('takenWhile', { states })}
        </p>
      </dd>
    </div>
  )
})

/** Catalogue text. Its code, marked by back-ticks, is shown in the font of wire text. */
function withCode(text: string) {
  return text.split('`').map((part, n) =>
    n % 2 === 1 ? (
      <code key={`${n}-${part}`} translate="no">
        {part}
      </code>
    ) : (
      part
    ),
  )
}

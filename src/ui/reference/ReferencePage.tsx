import { useMemo, useState } from 'react'
import type { CatalogueEntry } from '../../session/catalogue'
import { catalogueOf } from '../panels/knowledge'
import { ProtocolMark } from '../panels/ProtocolMark'
import styles from './reference.module.css'

type Documented = 'SMTP' | 'POP3' | 'IMAP'

const PROTOCOLS: readonly { readonly name: Documented; readonly words: string }[] = [
  { name: 'SMTP', words: 'carries letters to the next server' },
  { name: 'POP3', words: 'fetches letters home' },
  { name: 'IMAP', words: 'keeps letters on the server, for all devices' },
]

const KINDS: Record<CatalogueEntry['kind'], string> = {
  command: 'Commands',
  parameter: 'Parameters',
  reply: 'Reply codes',
  statusCode: 'Enhanced status codes',
  response: 'Responses',
  capability: 'Capabilities',
  recordType: 'Record types',
  opcode: 'Operation codes',
  rcode: 'Response codes',
  flag: 'Flags',
  section: 'Sections',
  edns: 'Extension mechanisms (EDNS)',
  zoneFile: 'Zone files',
}

/** Every command and code that the servers of this world know, from the very catalogues that they read by. */
export function ReferencePage() {
  const [wanted, setWanted] = useState('')
  const found = useMemo(
    () =>
      PROTOCOLS.map(({ name, words }) => ({
        name,
        words,
        entries: catalogueOf(name).filter((entry) => matches(entry, wanted)),
      })),
    [wanted],
  )
  const count = found.reduce((sum, { entries }) => sum + entries.length, 0)
  return (
    <div className={styles.page}>
      <h1 className={styles.heading}>Reference</h1>
      <p className={styles.lead}>
        What the machines of this world say and understand, in plain words, with the place in the standard.
      </p>
      <div className={styles.search}>
        <label htmlFor="reference-search">Find a command, a code or a word</label>
        <input
          id="reference-search"
          type="search"
          value={wanted}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => setWanted(event.target.value)}
        />
        <span role="status">{count === 1 ? '1 entry' : `${count} entries`}</span>
      </div>
      {count === 0 && (
        <p className={styles.none}>Nothing is called that here. Try a verb such as RCPT, or a code such as 550.</p>
      )}
      {found.map(({ name, words, entries }) =>
        entries.length === 0 ? null : (
          <section key={name} className={styles.protocol} data-protocol={name} aria-labelledby={`reference-${name}`}>
            <h2 id={`reference-${name}`}>
              <ProtocolMark protocol={name} /> {name} <small>{words}</small>
            </h2>
            {groupsOf(entries).map(([kind, members]) => (
              <div key={kind}>
                <h3>{KINDS[kind]}</h3>
                <dl>
                  {members.map((entry) => (
                    <Entry key={entry.name} entry={entry} />
                  ))}
                </dl>
              </div>
            ))}
          </section>
        ),
      )}
    </div>
  )
}

function Entry({ entry }: { readonly entry: CatalogueEntry }) {
  return (
    <div className={styles.entry} id={`${entry.protocol}-${entry.name.replace(/[^A-Za-z0-9]+/g, '-')}`}>
      <dt>
        <b>{entry.name}</b>
        {entry.syntax && entry.syntax !== entry.name && <code>{entry.syntax}</code>}
      </dt>
      <dd>
        <p>{withCode(entry.meaning)}</p>
        {entry.slip && <p className={styles.slip}>{withCode(entry.slip)}</p>}
        {entry.example && entry.example !== entry.syntax && (
          <p>
            for example <code>{entry.example}</code>
          </p>
        )}
        <p className={styles.source}>
          {entry.term}, {entry.rfc}
        </p>
      </dd>
    </div>
  )
}

function matches(entry: CatalogueEntry, wanted: string): boolean {
  const words = wanted.toLowerCase().split(/\s+/).filter(Boolean)
  const text =
    `${entry.name} ${entry.syntax ?? ''} ${entry.meaning} ${entry.term} ${entry.rfc} ${entry.protocol}`.toLowerCase()
  return words.every((word) => text.includes(word))
}

function groupsOf(
  entries: readonly CatalogueEntry[],
): readonly (readonly [CatalogueEntry['kind'], readonly CatalogueEntry[]])[] {
  const groups = new Map<CatalogueEntry['kind'], CatalogueEntry[]>()
  for (const entry of entries) groups.set(entry.kind, [...(groups.get(entry.kind) ?? []), entry])
  return [...groups]
}

/** Catalogue text with its code, which stands in back-ticks, in the voice of the wire. */
function withCode(text: string) {
  return text.split('`').map((part, n) => (n % 2 === 1 ? <code key={`${n}-${part}`}>{part}</code> : part))
}

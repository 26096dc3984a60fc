import type { ReactNode } from 'react'
import { useEffect, useMemo, useRef, useState } from 'react'
import { panelsText } from '../../messages/panels'
import {
  findOpened,
  type LyingMessage,
  type OpenedMessage,
  openedAt,
  type Place,
  placesIn,
} from '../../view/panels/mailboxes'
import type { Names } from '../../view/run/names'
import type { Timeline } from '../../world/timeline'
import { scrollToUpperEdge } from '../dom/scroll'
import { useStore } from '../keeping/createStore'
import { reading, takeReading } from '../run/offer'
import { useRunActions, useRunStore } from '../run/RunContext'
import { useMoment, useNames, useWorld } from '../run/useMoment'
import { joined } from '../shell/rich'
import { HandTools, Off } from './HandTools'
import { MessageReader } from './MessageReader'
import own from './mailboxes.module.css'
import styles from './panels.module.css'

/**
 * All stored letters at this moment: in mailboxes on the servers and as copies on the devices. A letter can be opened and read.
 */
export function Mailboxes() {
  const moment = useMoment()
  const world = useWorld(moment)
  const names = useNames()
  const places = useMemo(() => placesIn(world), [world])
  const { readOnly } = useRunStore()
  const [opened, setOpened] = useState<OpenedMessage & { readonly timeline: Timeline }>()
  const found = opened && findOpened(places, opened)
  // When time moves, an opened letter may disappear; it is open again when it is back. In another run it is closed.
  if (opened && !found && opened.timeline !== moment.timeline) setOpened(undefined)
  const wanted = useStore(reading)
  const pressed = useRef<string>(undefined)
  /** The letter was opened from elsewhere, to be read. */
  const isOffered = useRef(false)
  const section = useRef<HTMLElement>(null)
  const isOpen = found !== undefined
  // The pressed button is gone, so the focus goes to the letter's back button, and from there to the letter in its list. The
  // heading of a letter that is to be read has the focus first, since it is then said.
  useEffect(() => {
    const key = pressed.current
    if (key === undefined) return
    const goal = !isOpen ? `[data-message="${CSS.escape(key)}"]` : isOffered.current ? '[data-subject]' : '[data-back]'
    const element = section.current?.querySelector<HTMLElement>(goal)
    element?.focus({ preventScroll: true })
    // In a low panel the letter begins at its upper edge.
    if (isOffered.current) scrollToUpperEdge(element?.parentElement)
    isOffered.current = false
    if (!isOpen) pressed.current = undefined
  }, [isOpen, opened])
  useEffect(() => {
    if (!wanted) return
    takeReading()
    const found = openedAt(places, wanted)
    if (!found) return
    pressed.current = `${found.place} ${found.letter}`
    isOffered.current = true
    setOpened({ ...found, timeline: moment.timeline })
  }, [wanted, places, moment])
  const owners = [...new Set(places.map((candidate) => candidate.account))]

  return (
    <section ref={section} className={`${styles.panel} ${found ? own.open : ''}`} aria-label={panelsText('mailboxes')}>
      {found ? (
        <>
          <div className={`${styles.head} ${own.openHead}`}>
            <button
              data-back=""
              className={`as-link ${styles.textButton}`}
              type="button"
              onClick={() => setOpened(undefined)}
            >
              {panelsText('backToMailboxes')}
            </button>
            {found.place.kind === 'device' && !readOnly && <HandTools place={found.place} message={found.letter} />}
            <span className={styles.quiet}>{whereInWords(found.place, names)}</span>
          </div>
          <div className={styles.body}>
            <MessageReader octets={found.letter.octets} subject={found.letter.subject} />
          </div>
        </>
      ) : (
        <div className={styles.body}>
          {owners.map((owner) => (
            <div key={owner} className={own.owner}>
              <h2 className={own.ownerName} translate="no">
                {owner}
              </h2>
              {places
                .filter((candidate) => candidate.account === owner)
                .map((candidate) => (
                  <PlaceView
                    key={candidate.key}
                    place={candidate}
                    names={names}
                    onOpen={({ key, octets }) => {
                      pressed.current = `${candidate.key} ${key}`
                      setOpened({ place: candidate.key, letter: key, octets, timeline: moment.timeline })
                    }}
                  />
                ))}
            </div>
          ))}
        </div>
      )}
    </section>
  )
}

const whereInWords = (place: Place, names: Names): string =>
  place.kind === 'server'
    ? panelsText('onServer', { mailbox: place.name, host: names.short(place.host) })
    : panelsText('onDevice', { host: names.title(place.host), protocol: place.name })

interface PlaceViewProps {
  readonly place: Place
  readonly names: Names
  onOpen(message: LyingMessage): void
}

function PlaceView({ place, names, onOpen }: PlaceViewProps) {
  const actions = useRunActions()
  const { readOnly } = useRunStore()
  const server = place.kind === 'server'
  return (
    <div className={own.place}>
      <div className={`${styles.caption} ${own.bar}`}>
        <b>{names.title(place.host)}</b>{' '}
        <span className={styles.wire}>
          {server
            ? panelsText('onServer', { mailbox: place.name, host: place.host })
            : panelsText('fetchesBy', { protocol: place.name })}
        </span>
        <span className={styles.quiet}>
          {server ? (
            <span translate="no">UIDVALIDITY {place.uidValidity}</span>
          ) : (
            panelsText('letters', { count: place.messages.length })
          )}
        </span>
        {!server && !readOnly && !place.up && <Off host={place.host} />}
        {!server && !readOnly && place.up && (
          <button
            className={`as-link ${styles.textButton}`}
            type="button"
            aria-label={panelsText('lookNowOn', { host: names.title(place.host) })}
            onClick={() => actions.intervene({ type: 'collected', host: place.host, account: place.account })}
          >
            {panelsText('lookNow')}
          </button>
        )}
      </div>
      {place.messages.length === 0 ? (
        <p className={own.none}>
          {place.uidNext === undefined
            ? panelsText('holdsNone')
            : panelsText('nothingHere', { uidNext: place.uidNext })}
        </p>
      ) : (
        <table className={styles.table} aria-label={whereInWords(place, names)}>
          <thead>
            <tr>
              <th scope="col">{panelsText('uid')}</th>
              <th scope="col">{panelsText('flags')}</th>
              <th scope="col">{panelsText('fromHead')}</th>
              <th scope="col">{panelsText('subject')}</th>
              <th scope="col" className={styles.number}>
                {panelsText('octetsHead')}
              </th>
            </tr>
          </thead>
          <tbody>
            {place.messages.map((message) => (
              <tr key={message.key} data-unread={message.flags.includes('\\Seen') ? undefined : ''}>
                <td className={styles.wire}>{message.uid}</td>
                <td className={`${styles.wire} ${own.flags}`}>
                  {message.flags.join(' ') || <span className={styles.quiet}>{panelsText('unread')}</span>}
                </td>
                <td className={`${styles.wire} ${own.from}`} translate="no">
                  {message.from}
                </td>
                <td>
                  <button
                    className={`as-link ${styles.textButton} ${own.subjectLine}`}
                    type="button"
                    title={message.subject}
                    translate="no"
                    data-message={`${place.key} ${message.key}`}
                    onClick={() => onOpen(message)}
                  >
                    {message.subject}
                  </button>
                </td>
                <td className={`${styles.wire} ${styles.number}`}>{message.octets.length}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {place.uidNext !== undefined && place.messages.length > 0 && (
        <p className={own.none}>{joined(panelsText.parts('uidNext', { uidNext: place.uidNext, code: wire }))}</p>
      )}
    </div>
  )
}

const wire = (inside: readonly ReactNode[]) => <span className={styles.wire}>{joined(inside)}</span>

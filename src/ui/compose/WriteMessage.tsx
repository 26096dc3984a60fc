import type { ReactNode } from 'react'
import { useEffect, useId, useRef, useState } from 'react'
import { fromBytes } from '../../base/octets'
import { letterText } from '../../messages/letter'
import { namesOf } from '../../view/run/names'
import { viewOf } from '../../view/run/runView'
import { useRun, useRunActions, useRunStore } from '../run/RunContext'
import { joined } from '../shell/rich'
import { focusOnPlay } from '../stage/focusOnPlay'
import styles from './compose.module.css'
import {
  type Complaints,
  complaintsOf,
  LARGEST_ATTACHMENT,
  readersOf,
  recipientsOf,
  sizeInWords,
  tooLarge,
} from './draft'
import { onlyOnce } from './onlyOnce'
import { type DraftChange, useDraft } from './useDraft'

/** Suggested readers: one that exists, one unknown user, and one in an unknown domain. */
function readyReaders(to: string): readonly { readonly address: string; readonly words: string }[] {
  const [local = '', domain = ''] = to.split('@')
  const slip = `${domain.charAt(0)}${domain.charAt(2)}${domain.charAt(1)}${domain.slice(3)}`
  return [
    { address: to, words: `${local.charAt(0).toUpperCase()}${local.slice(1)}` },
    { address: `nobody@${domain}`, words: letterText('nobodyOfThatName') },
    { address: `${local}@${slip}`, words: letterText('slipInDomain') },
  ]
}

interface WriteMessageProps {
  readonly open: boolean
  /** The reader to write to, whomever the kept draft is for. */
  readonly to?: string | undefined
  /** The name of its draft, if it is not the one that all forms of this world share. */
  readonly draft?: string | undefined
  onClose(): void
}

/** The letter as a form. Sending it is one intervention; everything else happens in the world. */
export function WriteMessage({ open, to, draft, onClose }: WriteMessageProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  const sent = useRef(false)
  const wasOpen = useRef(false)
  useEffect(() => {
    if (open) {
      wasOpen.current = true
      dialog.current?.showModal()
      return
    }
    // One that was never opened takes no focus from what is read.
    if (!wasOpen.current) return
    dialog.current?.close()
    // The part that opened it may be gone. After a letter was sent, a person goes on with the time, and Space is to pause it.
    if (document.activeElement === document.body || sent.current) focusOnPlay()
    sent.current = false
  }, [open])

  return (
    <dialog ref={dialog} className={styles.dialog} aria-label={letterText('title')} onClose={onClose}>
      {open && (
        <MessageForm
          to={to}
          draftName={draft}
          onDone={onClose}
          onSent={() => {
            sent.current = true
            onClose()
          }}
        />
      )}
    </dialog>
  )
}

interface MessageFormProps {
  readonly to?: string | undefined
  readonly draftName?: string | undefined
  onDone(): void
  onSent(): void
}

export function MessageForm({ to: wanted, draftName, onDone, onSent }: MessageFormProps) {
  const id = useId()
  const { name: scenario, letter: ready } = useRun((run) => run.timeline.scenario)
  const actions = useRunActions()
  const first = { to: ready.to, subject: ready.subject, body: ready.body }
  const { draft, change, begin, sent } = useDraft(draftName ?? scenario, first, wanted)
  const { stopped, name: hostName } = useSender()
  const [complaints, setComplaints] = useState<Complaints>({})
  const [failure, setFailure] = useState<string>()
  /** The fault of the file chosen last. It is shown until another file is chosen or the attachment is removed. */
  const [refused, setRefused] = useState<string>()
  const [sending, setSending] = useState(false)
  const [asked, setCopies] = useState(false)
  const copies = asked || [draft.cc, draft.bcc].some((readers) => readers !== undefined && readers.trim() !== '')
  const [once] = useState(onlyOnce)
  const file = useRef<HTMLInputElement>(null)
  const form = useRef<HTMLFormElement>(null)
  const startIt = useRef<HTMLButtonElement>(null)

  // The button that was pressed is gone.
  useEffect(() => {
    if (asked) form.current?.querySelector<HTMLElement>('[name="cc"]')?.focus()
  }, [asked])

  const edit = (next: DraftChange): void => {
    change(next)
    setComplaints({})
    setFailure(undefined)
  }

  const choose = async (chosen: File | undefined): Promise<void> => {
    if (file.current) file.current.value = ''
    if (!chosen) return
    if (chosen.size > LARGEST_ATTACHMENT) {
      setRefused(tooLarge(chosen.name, chosen.size))
      return
    }
    try {
      const octets = fromBytes(new Uint8Array(await chosen.arrayBuffer()))
      setRefused(undefined)
      edit({ attachment: { name: chosen.name, type: chosen.type, octets } })
    } catch {
      setRefused(letterText('unreadable', { name: chosen.name }))
    }
  }

  /** True when the letter has left. */
  const send = async (): Promise<boolean> => {
    if (stopped) {
      startIt.current?.focus()
      return false
    }
    const found = complaintsOf(draft, refused)
    setComplaints(found)
    const wrong = Object.keys(found)[0]
    if (wrong) {
      form.current?.querySelector<HTMLElement>(`[name="${wrong}"]`)?.focus()
      return false
    }
    setSending(true)
    try {
      const to = recipientsOf(draft.to)
      const { composeMessage } = await import('../../mail/compose')
      const { subject, body, attachment } = draft
      const cc = recipientsOf(draft.cc ?? '')
      const message = composeMessage({
        from: ready.account,
        to,
        ...(cc.length > 0 && { cc }),
        subject,
        body,
        ...(attachment && { attachment }),
      })
      const forwardPaths = readersOf(draft)
      actions.intervene({ type: 'submitted', host: ready.host, account: ready.account, forwardPaths, message })
      sent()
      onSent()
      return true
    } catch {
      setFailure(letterText('notComposed'))
      setSending(false)
      return false
    }
  }

  return (
    <form
      ref={form}
      className={`airmail-edge ${styles.form}`}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void once(send)
      }}
    >
      <h2 className={styles.heading}>{letterText('title')}</h2>
      <div className={styles.row}>
        <span className={styles.label}>{letterText('from')}</span>
        <span className={styles.fixed} translate="no">
          {ready.account}
        </span>
      </div>
      <div className={styles.row}>
        <label className={styles.label} htmlFor={`${id}-to`}>
          {letterText('to')}
        </label>
        <div>
          <input
            id={`${id}-to`}
            name="to"
            className={`field ${styles.wireInput}`}
            value={draft.to}
            autoComplete="off"
            spellCheck={false}
            aria-invalid={complaints.to !== undefined}
            aria-describedby={`${id}-to-said`}
            onChange={(event) => edit({ to: event.target.value })}
          />
          <Said id={`${id}-to-said`} complaint={complaints.to} />
          <div className={styles.ready}>
            {readyReaders(ready.to).map(({ address, words }) => (
              <button key={address} className="as-link" type="button" onClick={() => edit({ to: address })}>
                <span className={styles.wire} translate="no">
                  {address}
                </span>{' '}
                {words}
              </button>
            ))}
            {copies ? null : (
              <button className="as-link" type="button" aria-expanded={false} onClick={() => setCopies(true)}>
                {letterText('addCopies')}
              </button>
            )}
          </div>
        </div>
      </div>
      {copies &&
        (['cc', 'bcc'] as const).map((field) => (
          <div key={field} className={styles.row}>
            <label className={styles.label} htmlFor={`${id}-${field}`}>
              {letterText(field)}
            </label>
            <div>
              <input
                id={`${id}-${field}`}
                name={field}
                className={`field ${styles.wireInput}`}
                value={draft[field] ?? ''}
                autoComplete="off"
                spellCheck={false}
                aria-invalid={complaints[field] !== undefined}
                aria-describedby={`${id}-${field}-about ${id}-${field}-said`}
                onChange={(event) => edit({ [field]: event.target.value })}
              />
              <p id={`${id}-${field}-about`} className={styles.about}>
                {letterText(`about.${field}`)}
              </p>
              <Said id={`${id}-${field}-said`} complaint={complaints[field]} />
            </div>
          </div>
        ))}
      <div className={styles.row}>
        <label className={styles.label} htmlFor={`${id}-subject`}>
          {letterText('subject')}
        </label>
        <input
          id={`${id}-subject`}
          name="subject"
          className={`field ${styles.input}`}
          value={draft.subject}
          maxLength={400}
          onChange={(event) => edit({ subject: event.target.value })}
        />
      </div>
      <div className={styles.row}>
        <label className={styles.label} htmlFor={`${id}-body`}>
          {letterText('body')}
        </label>
        <textarea
          id={`${id}-body`}
          name="body"
          className={`field ${styles.text}`}
          rows={7}
          maxLength={100_000}
          value={draft.body}
          onChange={(event) => edit({ body: event.target.value })}
        />
      </div>
      <div className={styles.row}>
        <label className={styles.label} htmlFor={`${id}-attachment`}>
          {letterText('attachment')}
        </label>
        <div>
          {draft.attachment ? (
            <p className={styles.attachment}>
              {joined(
                letterText.parts('attached', {
                  name: draft.attachment.name,
                  size: sizeInWords(draft.attachment.octets.length),
                  code: wire,
                }),
              )}{' '}
              <button className="as-link" type="button" onClick={() => edit({ attachment: undefined })}>
                {letterText('takeOut')}
              </button>
            </p>
          ) : (
            <input
              ref={file}
              id={`${id}-attachment`}
              name="attachment"
              className={styles.file}
              type="file"
              aria-invalid={refused !== undefined}
              aria-describedby={`${id}-attachment-said`}
              onChange={(event) => void choose(event.target.files?.[0])}
            />
          )}
          <Said id={`${id}-attachment-said`} complaint={complaints.attachment ?? refused} />
          {refused !== undefined && (
            <p className={styles.attachment}>
              <button
                className="as-link"
                type="button"
                onClick={() => {
                  setRefused(undefined)
                  setComplaints({})
                }}
              >
                {letterText('goOnWithout')}
              </button>
            </p>
          )}
        </div>
      </div>
      <p className={styles.complaint} role="alert" hidden={!stopped}>
        {stopped && letterText('stopped', { host: hostName })}{' '}
        <button
          ref={startIt}
          className="as-link"
          type="button"
          onClick={() => actions.intervene({ type: 'hostStarted', host: ready.host })}
        >
          {letterText('start')}
        </button>
      </p>
      {failure && (
        <p className={styles.complaint} role="alert">
          {failure}
        </p>
      )}
      <div className={styles.buttons}>
        <button className={styles.send} type="submit" aria-disabled={sending}>
          {letterText('send')}
        </button>
        <button className="as-link" type="button" onClick={onDone}>
          {letterText('notNow')}
        </button>
        <button
          className="as-link"
          type="button"
          onClick={() => {
            begin()
            setComplaints({})
            setRefused(undefined)
          }}
        >
          {letterText('beginAnew')}
        </button>
      </div>
    </form>
  )
}

/** The host from which letters are sent: its name in sentences, and whether it has lost its power at this moment. */
function useSender(): { readonly stopped: boolean; readonly name: string } {
  const { scenario } = useRunStore()
  const { host } = scenario.letter
  const stopped = useRun(({ timeline, t }) => viewOf(timeline).at(t).holdings.down.has(host))
  return { stopped, name: namesOf(scenario).title(host) }
}

const wire = (inside: readonly ReactNode[]) => <span className={styles.wire}>{joined(inside)}</span>

function Said({ id, complaint }: { readonly id: string; readonly complaint: string | undefined }) {
  return (
    <p id={id} className={styles.complaint} role="alert" hidden={complaint === undefined}>
      {complaint}
    </p>
  )
}

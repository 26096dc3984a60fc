import { type FormEvent, type ReactNode, useId, useState } from 'react'
import { type AccountChange, changeAccount } from '../../hosts/mailProgram/settings'
import type { MailAccount, MailProgramState } from '../../hosts/mailProgram/state'
import { settingsText } from '../../messages/settings'
import { reasonText } from '../../view/reasonText'
import type { RetrievalSettings, SubmissionSettings, TlsSetting } from '../../world/intervention'
import type { Host } from '../../world/world'
import styles from '../panels/panels.module.css'
import { useRunActions, useRunStore } from '../run/RunContext'
import own from './machine.module.css'

const TLS = ['opportunistic', 'required', 'implicit', 'never'] as const satisfies readonly TlsSetting[]
const PROTOCOLS = ['IMAP', 'POP3', 'none'] as const

/** The form's fields as they are typed; `port` means the setting that follows from the port. */
interface Draft {
  readonly sends: boolean
  readonly sendHost: string
  readonly sendPort: string
  readonly sendTls: TlsSetting | 'port'
  readonly protocol: (typeof PROTOCOLS)[number]
  readonly host: string
  readonly port: string
  readonly tls: TlsSetting | 'port'
  readonly leaveOnServer: boolean
  readonly idle: boolean
  readonly every: string
}

const draftOf = ({ submission, retrieval }: MailAccount): Draft => ({
  sends: submission !== undefined,
  sendHost: submission?.host ?? '',
  sendPort: String(submission?.port ?? ''),
  sendTls: submission?.tls ?? 'port',
  protocol: retrieval?.protocol ?? 'none',
  host: retrieval?.host ?? '',
  port: String(retrieval?.port ?? ''),
  tls: retrieval?.tls ?? 'port',
  leaveOnServer: retrieval?.leaveOnServer ?? false,
  idle: retrieval?.idle ?? false,
  every: String(retrieval?.every ?? ''),
})

const whole = (text: string): number => (text.trim() === '' ? Number.NaN : Number(text))

/** The parts of the settings that differ from the present ones. */
function changeOf(host: string, account: MailAccount, draft: Draft): AccountChange {
  const before = draftOf(account)
  const differs = (...names: readonly (keyof Draft)[]): boolean => names.some((name) => draft[name] !== before[name])
  const { protocol, leaveOnServer, idle, every, tls, sendTls } = draft
  const retrieval = (): RetrievalSettings | 'none' =>
    protocol === 'none'
      ? 'none'
      : {
          protocol,
          host: draft.host.trim(),
          port: whole(draft.port),
          ...(tls !== 'port' && { tls }),
          ...(protocol === 'POP3' && { leaveOnServer }),
          ...(protocol === 'IMAP' && { idle }),
          ...(every.trim() !== '' && { every: Number(every) }),
        }
  const submission = (): SubmissionSettings | 'none' =>
    draft.sends
      ? { host: draft.sendHost.trim(), port: whole(draft.sendPort), ...(sendTls !== 'port' && { tls: sendTls }) }
      : 'none'
  return {
    type: 'accountChanged',
    host,
    account: account.address,
    ...(differs('sends', 'sendHost', 'sendPort', 'sendTls') && { submission: submission() }),
    ...(differs('protocol', 'host', 'port', 'tls', 'leaveOnServer', 'idle', 'every') && { retrieval: retrieval() }),
  }
}

interface AccountSettingsProps {
  readonly host: Host & { readonly state: MailProgramState }
  readonly account: MailAccount
}

/** The form with which the servers of a mail program's account are changed, folded until it is wanted. */
export function AccountSettings({ host, account }: AccountSettingsProps) {
  const actions = useRunActions()
  const { readOnly } = useRunStore()
  const [draft, setDraft] = useState<Draft>()
  const [wrong, setWrong] = useState<string>()
  if (readOnly) return null
  const write = (next: Draft | undefined): void => {
    setWrong(undefined)
    setDraft(next)
  }
  const save = (event: FormEvent): void => {
    event.preventDefault()
    if (!draft) return
    const change = changeOf(host.name, account, draft)
    const result = changeAccount(host.state.config, change)
    if ('refused' in result) {
      setWrong(settingsText('wrong', { why: reasonText(result.refused) }))
      return
    }
    write(undefined)
    if (change.submission !== undefined || change.retrieval !== undefined) actions.intervene(change)
  }
  return (
    <details
      className={own.rare}
      open={draft !== undefined}
      onToggle={({ currentTarget: { open } }) => {
        if (open !== (draft !== undefined)) write(open ? draftOf(account) : undefined)
      }}
    >
      <summary className={own.group}>{settingsText('change', { address: account.address })}</summary>
      {draft && (
        <form noValidate onSubmit={save}>
          <Fields draft={draft} onChange={(part) => write({ ...draft, ...part })} />
          <p className={own.wrong} role="alert" hidden={wrong === undefined}>
            {wrong}
          </p>
          <p className={own.deed}>
            <button type="submit" className={styles.button} disabled={!host.up}>
              {settingsText('save')}
            </button>
            <span className={own.about}>{settingsText('about')}</span>
          </p>
        </form>
      )}
    </details>
  )
}

interface FieldsProps {
  readonly draft: Draft
  onChange(part: Partial<Draft>): void
}

function Fields({ draft, onChange }: FieldsProps) {
  return (
    <>
      <fieldset className={own.settings}>
        <legend>{settingsText('sending')}</legend>
        <Check label={settingsText('sends')} on={draft.sends} onChange={(sends) => onChange({ sends })} />
        {draft.sends && (
          <>
            <Text
              label={settingsText('server')}
              value={draft.sendHost}
              onChange={(sendHost) => onChange({ sendHost })}
            />
            <Text
              label={settingsText('port')}
              numeric
              value={draft.sendPort}
              onChange={(sendPort) => onChange({ sendPort })}
            />
            <Encryption value={draft.sendTls} onChange={(sendTls) => onChange({ sendTls })} />
          </>
        )}
      </fieldset>
      <fieldset className={own.settings}>
        <legend>{settingsText('fetching')}</legend>
        <Labelled label={settingsText('protocol')}>
          {(id) => (
            <select
              id={id}
              className={styles.select}
              value={draft.protocol}
              onChange={(event) => onChange(withUsualPort(draft, event.target.value as Draft['protocol']))}
            >
              {PROTOCOLS.map((one) => (
                <option key={one} value={one}>
                  {settingsText(`protocol.${one}`)}
                </option>
              ))}
            </select>
          )}
        </Labelled>
        {draft.protocol !== 'none' && (
          <>
            <Text label={settingsText('server')} value={draft.host} onChange={(host) => onChange({ host })} />
            <Text label={settingsText('port')} numeric value={draft.port} onChange={(port) => onChange({ port })} />
            <Encryption value={draft.tls} onChange={(tls) => onChange({ tls })} />
            <Text
              label={settingsText('every')}
              hint={settingsText('everyHint')}
              numeric
              value={draft.every}
              onChange={(every) => onChange({ every })}
            />
            {draft.protocol === 'POP3' ? (
              <Check
                label={settingsText('leaveOnServer')}
                on={draft.leaveOnServer}
                onChange={(leaveOnServer) => onChange({ leaveOnServer })}
              />
            ) : (
              <Check label={settingsText('idle')} on={draft.idle} onChange={(idle) => onChange({ idle })} />
            )}
          </>
        )}
      </fieldset>
    </>
  )
}

const USUAL = { IMAP: ['143', '993'], POP3: ['110', '995'] } as const

/** Another protocol has another usual port; a port of one's own stays. */
function withUsualPort({ port, protocol: before }: Draft, protocol: Draft['protocol']): Partial<Draft> {
  if (protocol === 'none') return { protocol }
  const known: readonly string[] = before === 'none' ? [''] : USUAL[before]
  const place = known.indexOf(port.trim())
  return { protocol, ...(place !== -1 && { port: USUAL[protocol][place as 0 | 1] }) }
}

interface TextProps {
  readonly label: string
  readonly hint?: string
  readonly numeric?: boolean
  readonly value: string
  onChange(value: string): void
}

function Text({ label, hint, numeric = false, value, onChange }: TextProps) {
  return (
    <Labelled label={label} numeric={numeric}>
      {(id) => (
        <input
          id={id}
          className={`${styles.field} ${styles.wire}`}
          value={value}
          placeholder={hint}
          spellCheck={false}
          autoCapitalize="off"
          autoComplete="off"
          {...(numeric && { inputMode: 'numeric' as const, size: 8 })}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Labelled>
  )
}

interface EncryptionProps {
  readonly value: TlsSetting | 'port'
  onChange(value: TlsSetting | 'port'): void
}

function Encryption({ value, onChange }: EncryptionProps) {
  return (
    <Labelled label={settingsText('encryption')}>
      {(id) => (
        <select
          id={id}
          className={styles.select}
          value={value}
          onChange={(event) => onChange(event.target.value as TlsSetting | 'port')}
        >
          {(['port', ...TLS] as const).map((one) => (
            <option key={one} value={one}>
              {settingsText(`tls.${one}`)}
            </option>
          ))}
        </select>
      )}
    </Labelled>
  )
}

interface CheckProps {
  readonly label: string
  readonly on: boolean
  onChange(on: boolean): void
}

function Check({ label, on, onChange }: CheckProps) {
  return (
    <label className={own.tick}>
      <input type="checkbox" checked={on} onChange={(event) => onChange(event.target.checked)} />
      {label}
    </label>
  )
}

interface LabelledProps {
  readonly label: string
  readonly numeric?: boolean
  readonly children: (id: string) => ReactNode
}

function Labelled({ label, numeric = false, children }: LabelledProps) {
  const id = useId()
  return (
    <span className={`${own.peopleField} ${own.setting}`} data-numeric={numeric}>
      <label htmlFor={id}>{label}</label>
      {children(id)}
    </span>
  )
}

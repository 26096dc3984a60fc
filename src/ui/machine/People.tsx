import { type FormEvent, type ReactNode, useId, useState } from 'react'
import { changePeople, type PeopleChange } from '../../hosts/mailServer/people'
import type { MailServerState } from '../../hosts/mailServer/state'
import { machineText } from '../../messages/machine'
import { accountsOf } from '../../view/panels/machineRoom'
import { reasonText } from '../../view/reasonText'
import type { Host, HostName } from '../../world/world'
import styles from '../panels/panels.module.css'
import { useRunActions, useRunStore } from '../run/RunContext'
import own from './machine.module.css'
import { Section } from './Section'

interface PeopleProps {
  readonly host: Host & { readonly state: MailServerState }
}

/** Makes a change of a server's people, or says in one sentence why it cannot be made. */
function useChange({ name, state }: PeopleProps['host']) {
  const actions = useRunActions()
  const [wrong, setWrong] = useState<string>()
  return {
    wrong,
    forget: () => setWrong(undefined),
    /** True if the change is made. */
    make: (change: (host: HostName) => PeopleChange): boolean => {
      const body = change(name)
      const result = changePeople(state, body)
      if ('refused' in result) {
        setWrong(reasonText(result.refused))
        return false
      }
      setWrong(undefined)
      actions.intervene(body)
      return true
    },
  }
}

const EMPTY_ACCOUNT = { address: '', password: '', messages: '', storage: '' }

/** The accounts of a mail server: who they are, what they have and may have. */
export function Accounts({ host }: PeopleProps) {
  const { readOnly } = useRunStore()
  const can = !readOnly && host.up
  const { wrong, forget, make } = useChange(host)
  const [draft, setDraft] = useState<typeof EMPTY_ACCOUNT>()
  const accounts = accountsOf(host)
  const field = (name: keyof typeof EMPTY_ACCOUNT) => ({
    label: machineText(`account.${name}`),
    value: draft?.[name] ?? '',
    onChange: (value: string) => {
      forget()
      setDraft({ ...EMPTY_ACCOUNT, ...draft, [name]: value })
    },
  })
  const submit = (): void => {
    const { address, password, messages, storage } = draft ?? EMPTY_ACCOUNT
    const quota = {
      ...(messages.trim() === '' ? {} : { messages: Number(messages) }),
      ...(storage.trim() === '' ? {} : { storage: Number(storage) }),
    }
    const isMade = make((name) => ({
      type: 'accountSet',
      host: name,
      address: address.trim(),
      password,
      ...(Object.keys(quota).length > 0 && { quota }),
    }))
    if (isMade) setDraft(undefined)
  }
  return (
    <Section title={machineText('accounts')}>
      {accounts.length > 0 && (
        <table className={styles.table} aria-label={machineText('accounts')}>
          <thead>
            <tr>
              <th scope="col">{machineText('address')}</th>
              <th scope="col">{machineText('password')}</th>
              <th scope="col" className={styles.number}>
                {machineText('lettersHead')}
              </th>
              <th scope="col">{machineText('limit')}</th>
              {can && (
                <th scope="col">
                  <span className="unseen">{machineText('deeds')}</span>
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {accounts.map(({ address, password, messages, quota }) => (
              <tr key={address}>
                <td className={styles.wire} translate="no">
                  {address}
                </td>
                <td className={styles.wire} translate="no">
                  {password}
                </td>
                <td className={`${styles.wire} ${styles.number}`}>{messages}</td>
                <td>{limitInWords(quota)}</td>
                {can && (
                  <Deeds
                    of={address}
                    onChange={() => {
                      forget()
                      setDraft({
                        address,
                        password,
                        messages: String(quota?.messages ?? ''),
                        storage: String(quota?.storage ?? ''),
                      })
                    }}
                    onRemove={() => make((name) => ({ type: 'accountRemoved', host: name, address }))}
                  />
                )}
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {can && (
        <Form
          title={machineText('accountForm')}
          about={machineText('accountAbout')}
          open={draft !== undefined}
          wrong={wrong}
          onOpen={(open) => setDraft(open ? (draft ?? EMPTY_ACCOUNT) : undefined)}
          onSubmit={submit}
        >
          <Field {...field('address')} wire />
          <Field {...field('password')} wire />
          <Field {...field('messages')} numeric />
          <Field {...field('storage')} numeric />
        </Form>
      )}
    </Section>
  )
}

function limitInWords(quota: ReturnType<typeof accountsOf>[number]['quota']): string {
  const limits = [
    ...(quota?.messages === undefined ? [] : [machineText('letters', { count: quota.messages })]),
    ...(quota?.storage === undefined ? [] : [machineText('octets', { count: quota.storage })]),
  ]
  return limits.length > 0 ? limits.join(', ') : machineText('noLimit')
}

const EMPTY_DOMAIN = { domain: '', recipients: '', postmaster: '', deliverTo: '' }

/** The domains for which a server takes mail, and the people in each. */
export function Domains({ host }: PeopleProps) {
  const { readOnly } = useRunStore()
  const can = !readOnly && host.up
  const { wrong, forget, make } = useChange(host)
  const [draft, setDraft] = useState<typeof EMPTY_DOMAIN>()
  const field = (name: keyof typeof EMPTY_DOMAIN) => ({
    label: machineText(`domain.${name}`),
    value: draft?.[name] ?? '',
    onChange: (value: string) => {
      forget()
      setDraft({ ...EMPTY_DOMAIN, ...draft, [name]: value })
    },
  })
  const submit = (): void => {
    const { domain, recipients, postmaster, deliverTo } = draft ?? EMPTY_DOMAIN
    const isMade = make((name) => ({
      type: 'domainSet',
      host: name,
      domain,
      recipients: recipients.split(/[\s,]+/).filter((name) => name !== ''),
      postmaster,
      ...(deliverTo.trim() !== '' && { deliverTo }),
    }))
    if (isMade) setDraft(undefined)
  }
  return (
    <Section title={machineText('domains')}>
      <table className={styles.table} aria-label={machineText('domains')}>
        <thead>
          <tr>
            <th scope="col">{machineText('domainHead')}</th>
            <th scope="col">{machineText('recipientsHead')}</th>
            <th scope="col">{machineText('postmasterHead')}</th>
            <th scope="col">{machineText('deliversTo')}</th>
            {can && (
              <th scope="col">
                <span className="unseen">{machineText('deeds')}</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {host.state.config.domains.map(({ domain, recipients, postmaster, deliverTo }) => (
            <tr key={domain}>
              <td className={styles.wire} translate="no">
                {domain}
              </td>
              <td className={styles.wire} translate="no">
                {recipients.join(', ')}
              </td>
              <td className={styles.wire} translate="no">
                {postmaster}
              </td>
              <td className={deliverTo === undefined ? undefined : styles.wire}>{deliverTo ?? machineText('here')}</td>
              {can && (
                <Deeds
                  of={domain}
                  onChange={() => {
                    forget()
                    setDraft({ domain, recipients: recipients.join(', '), postmaster, deliverTo: deliverTo ?? '' })
                  }}
                  onRemove={() => make((name) => ({ type: 'domainRemoved', host: name, domain }))}
                />
              )}
            </tr>
          ))}
        </tbody>
      </table>
      {can && (
        <Form
          title={machineText('domainForm')}
          about={machineText('domainAbout')}
          open={draft !== undefined}
          wrong={wrong}
          onOpen={(open) => setDraft(open ? (draft ?? EMPTY_DOMAIN) : undefined)}
          onSubmit={submit}
        >
          <Field {...field('domain')} wire />
          <Field {...field('recipients')} wire />
          <Field {...field('postmaster')} wire />
          <Field {...field('deliverTo')} wire />
        </Form>
      )}
    </Section>
  )
}

interface DeedsProps {
  /** The name of the row. */
  readonly of: string
  onChange(): void
  onRemove(): void
}

function Deeds({ of, onChange, onRemove }: DeedsProps) {
  return (
    <td className={own.deeds}>
      <button
        type="button"
        className={`as-link ${styles.textButton}`}
        aria-label={machineText('changeOne', { name: of })}
        onClick={onChange}
      >
        {machineText('change')}
      </button>{' '}
      <button
        type="button"
        className={`as-link ${styles.textButton}`}
        aria-label={machineText('removeOne', { name: of })}
        onClick={onRemove}
      >
        {machineText('remove')}
      </button>
    </td>
  )
}

interface FormProps {
  readonly title: string
  readonly about: string
  readonly open: boolean
  /** The fault of the last try. */
  readonly wrong: string | undefined
  readonly children: ReactNode
  onOpen(open: boolean): void
  onSubmit(): void
}

function Form({ title, about, open, wrong, children, onOpen, onSubmit }: FormProps) {
  return (
    <>
      <p className={own.wrong} role="alert" hidden={wrong === undefined}>
        {wrong}
      </p>
      <details
        className={own.rare}
        open={open}
        onToggle={(event) => {
          if (event.currentTarget.open !== open) onOpen(event.currentTarget.open)
        }}
      >
        <summary className={own.group}>{title}</summary>
        <form
          className={own.people}
          noValidate
          onSubmit={(event: FormEvent) => {
            event.preventDefault()
            onSubmit()
          }}
        >
          {children}
          <button type="submit" className={own.button}>
            {machineText('keep')}
          </button>
        </form>
        <p className={own.about}>{about}</p>
      </details>
    </>
  )
}

interface FieldProps {
  readonly label: string
  readonly value: string
  /** It is said on the wire. */
  readonly wire?: boolean
  readonly numeric?: boolean
  onChange(value: string): void
}

function Field({ label, value, wire = false, numeric = false, onChange }: FieldProps) {
  const id = useId()
  return (
    <span className={own.peopleField}>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        className={`${styles.field} ${wire ? styles.wire : ''}`}
        value={value}
        spellCheck={false}
        autoCapitalize="off"
        autoComplete="off"
        {...(numeric && { inputMode: 'numeric' as const })}
        onChange={(event) => onChange(event.target.value)}
      />
    </span>
  )
}

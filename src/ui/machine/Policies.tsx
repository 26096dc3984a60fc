import { type ReactNode, useId, useState } from 'react'
import { matters, type Policy, type PolicyValue, policiesOf } from '../../hosts/mailServer/policies'
import type { MailServerState } from '../../hosts/mailServer/state'
import { policiesText } from '../../messages/policies'
import { switchesText } from '../../messages/switches'
import { grouped, inGroup } from '../../view/panels/policyGroups'
import type { Host } from '../../world/world'
import styles from '../panels/panels.module.css'
import { useRunActions, useRunStore } from '../run/RunContext'
import own from './machine.module.css'
import { Section } from './Section'
import { Switch } from './Switch'

/** The switches of a mail server. Turning one is an intervention: it can be undone, and playing on shows its effects. */
export function Policies({ host }: { readonly host: Host & { readonly state: MailServerState } }) {
  const actions = useRunActions()
  const { readOnly } = useRunStore()
  const policies = policiesOf(host.state).filter(({ policy }) => matters(policy, host.state.config))
  return (
    <Section title={policiesText('title')} aside={host.up || readOnly ? undefined : policiesText('noPower')}>
      {grouped(policies).map(({ group, policies }) => (
        <PolicyGroupView
          key={group}
          title={policiesText(`group.${group}`)}
          folded={group === 'details' && policies.length}
        >
          {policies.map((policy) => (
            <PolicyView
              key={policy.policy}
              policy={policy}
              disabled={readOnly || !host.up}
              onChange={(value) =>
                actions.intervene({ type: 'policyChanged', host: host.name, policy: policy.policy, value })
              }
            />
          ))}
        </PolicyGroupView>
      ))}
    </Section>
  )
}

/** The switches of the outgoing queue, which stand with it. */
export function QueuePolicies({ host }: { readonly host: Host & { readonly state: MailServerState } }) {
  const actions = useRunActions()
  const { readOnly } = useRunStore()
  return (
    <ul className={own.policies}>
      {inGroup(policiesOf(host.state), 'queue').map((policy) => (
        <PolicyView
          key={policy.policy}
          policy={policy}
          disabled={readOnly || !host.up}
          onChange={(value) =>
            actions.intervene({ type: 'policyChanged', host: host.name, policy: policy.policy, value })
          }
        />
      ))}
    </ul>
  )
}

interface PolicyGroupProps {
  readonly title: string
  /** The number of switches that are hidden until the group is unfolded; false if it is always open. */
  readonly folded: number | false
  readonly children: ReactNode
}

function PolicyGroupView({ title, folded, children }: PolicyGroupProps) {
  const list = <ul className={own.policies}>{children}</ul>
  return folded === false ? (
    <div role="group" aria-label={title}>
      <h3 className={own.group}>{title}</h3>
      {list}
    </div>
  ) : (
    <details className={own.rare}>
      <summary className={own.group}>{policiesText('folded', { title, count: folded })}</summary>
      {list}
    </details>
  )
}

interface PolicyProps {
  readonly policy: Policy
  readonly disabled: boolean
  onChange(value: PolicyValue): void
}

function PolicyView({ policy, disabled, onChange }: PolicyProps) {
  const id = useId()
  const { policy: name, value, offered, least } = policy
  const told = `${id}-about`
  return (
    <li className={own.policy}>
      <label htmlFor={id}>{switchesText(`title.${name}`)}</label>
      <span className={own.control}>
        {typeof value === 'boolean' ? (
          <Switch id={id} told={told} on={value} disabled={disabled} onChange={onChange} />
        ) : least === undefined ? (
          <select
            id={id}
            className={styles.select}
            aria-describedby={told}
            value={String(value)}
            disabled={disabled}
            onChange={(event) => onChange(event.target.value)}
          >
            {offered.map((one) => (
              <option key={String(one)} value={String(one)}>
                {switchesText('value', { value: String(one) })}
              </option>
            ))}
          </select>
        ) : (
          <NumberField
            id={id}
            told={told}
            value={Number(value)}
            least={least}
            suggestions={offered.map(Number)}
            disabled={disabled}
            onChange={onChange}
          />
        )}
      </span>
      <p id={told} className={own.about}>
        {policiesText(`about.${name}`)}
      </p>
    </li>
  )
}

interface NumberFieldProps {
  readonly id: string
  readonly told: string
  readonly value: number
  readonly least: number
  readonly most?: number
  readonly suggestions?: readonly number[]
  readonly disabled: boolean
  onChange(value: number): void
}

/** A whole number. It is applied by Enter or by leaving the field. Other text is reported and not applied. */
export function NumberField({ id, told, value, least, most, suggestions, disabled, onChange }: NumberFieldProps) {
  const [typed, setTyped] = useState<string>()
  const number = Number(typed)
  const wrong = typed !== undefined && !(Number.isSafeInteger(number) && number >= least && number <= (most ?? number))
  const finish = (): void => {
    if (typed === undefined || wrong) return
    setTyped(undefined)
    if (typed.trim() !== '' && number !== value) onChange(number)
  }
  return (
    <>
      <input
        id={id}
        className={`${styles.field} ${own.number}`}
        inputMode="numeric"
        list={suggestions && `${id}-values`}
        aria-describedby={`${told} ${id}-wrong`}
        aria-invalid={wrong}
        value={typed ?? String(value)}
        disabled={disabled}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={finish}
        onKeyDown={(event) => {
          if (event.key === 'Enter') finish()
          else if (event.key === 'Escape') setTyped(undefined)
        }}
      />
      {suggestions && (
        <datalist id={`${id}-values`}>
          {suggestions.map((one) => (
            <option key={one} value={one}>
              {one}
            </option>
          ))}
        </datalist>
      )}
      <span id={`${id}-wrong`} className={own.wrong} role="alert" hidden={!wrong}>
        {wrong && (most === undefined ? policiesText('atLeast', { least }) : policiesText('between', { least, most }))}
      </span>
    </>
  )
}

import { type FormEvent, useId, useState } from 'react'
import { changePeople, type PeopleChange } from '../../hosts/mailServer/people'
import type { MailServerState } from '../../hosts/mailServer/state'
import { machineText } from '../../messages/machine'
import { reasonText } from '../../view/reasonText'
import type { Host } from '../../world/world'
import styles from '../panels/panels.module.css'
import { useRunActions, useRunStore } from '../run/RunContext'
import own from './machine.module.css'
import { Section } from './Section'

interface Column<Row> {
  readonly head: string
  /** Its values are said on the wire. */
  readonly wire?: boolean
  readonly numeric?: boolean
  shown(row: Row): string
}

interface FieldOf<Name extends string> {
  readonly name: Name
  readonly label: string
  readonly wire?: boolean
  readonly numeric?: boolean
}

type Draft<Name extends string> = Partial<Readonly<Record<Name, string>>>

interface RecordsProps<Row, Name extends string> {
  readonly host: Host & { readonly state: MailServerState }
  readonly title: string
  readonly rows: readonly Row[]
  readonly columns: readonly Column<Row>[]
  readonly fields: readonly FieldOf<Name>[]
  /** The form's title, and what to know before it is filled in. */
  readonly form: { readonly title: string; readonly about: string }
  /** The name by which a row is known. */
  nameOf(row: Row): string
  /** The texts of the fields with which a row is changed. */
  draftOf(row: Row): Readonly<Record<Name, string>>
  changeOf(typed: (name: Name) => string): PeopleChange
  removalOf(row: Row): PeopleChange
}

/** Records of a mail server's configuration: a table, and a form by which one is added or changed. */
export function Records<Row, Name extends string>(props: RecordsProps<Row, Name>) {
  const { host, title, rows, columns, fields, form, nameOf, draftOf, changeOf, removalOf } = props
  const actions = useRunActions()
  const { readOnly } = useRunStore()
  const [draft, setDraft] = useState<Draft<Name>>()
  const [wrong, setWrong] = useState<string>()
  const can = !readOnly && host.up
  /** Makes a change, or says in one sentence why it cannot be made. True if it is made. */
  const make = (change: PeopleChange): boolean => {
    const result = changePeople(host.state, change)
    setWrong('refused' in result ? reasonText(result.refused) : undefined)
    if ('refused' in result) return false
    actions.intervene(change)
    return true
  }
  const write = (next: Draft<Name> | undefined): void => {
    setWrong(undefined)
    setDraft(next)
  }
  return (
    <Section title={title}>
      {rows.length > 0 && (
        <table className={`${styles.table} ${own.stacked}`} aria-label={title}>
          <thead>
            <tr>
              {columns.map(({ head, numeric }) => (
                <th key={head} scope="col" className={numeric ? styles.number : undefined}>
                  {head}
                </th>
              ))}
              {can && (
                <th scope="col">
                  <span className="unseen">{machineText('deeds')}</span>
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={nameOf(row)}>
                {columns.map(({ head, wire, numeric, shown }) => (
                  <td
                    key={head}
                    data-head={head}
                    className={`${wire ? styles.wire : ''} ${numeric ? styles.number : ''}`}
                    translate={wire ? 'no' : undefined}
                  >
                    {shown(row)}
                  </td>
                ))}
                {can && (
                  <Deeds of={nameOf(row)} onChange={() => write(draftOf(row))} onRemove={() => make(removalOf(row))} />
                )}
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {can && (
        <>
          <p className={own.wrong} role="alert" hidden={wrong === undefined}>
            {wrong}
          </p>
          <details
            className={own.rare}
            open={draft !== undefined}
            onToggle={({ currentTarget: { open } }) => {
              if (open !== (draft !== undefined)) write(open ? {} : undefined)
            }}
          >
            <summary className={own.group}>{form.title}</summary>
            <form
              className={own.people}
              noValidate
              onSubmit={(event: FormEvent) => {
                event.preventDefault()
                if (make(changeOf((name) => draft?.[name] ?? ''))) write(undefined)
              }}
            >
              {fields.map((field) => (
                <Field
                  key={field.name}
                  {...field}
                  value={draft?.[field.name] ?? ''}
                  onChange={(value) => write({ ...draft, [field.name]: value })}
                />
              ))}
              <button type="submit" className={styles.button}>
                {machineText('keep')}
              </button>
            </form>
            <p className={own.about}>{form.about}</p>
          </details>
        </>
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
      </button>
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

interface FieldProps {
  readonly label: string
  readonly value: string
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

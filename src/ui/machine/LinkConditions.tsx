import { useId, useState } from 'react'
import { machineText } from '../../messages/machine'
import { conditionsBetween, neighboursOf } from '../../view/panels/machineRoom'
import type { InterventionBody } from '../../world/intervention'
import type { HostName } from '../../world/world'
import styles from '../panels/panels.module.css'
import { useRunActions } from '../run/RunContext'
import { useNames } from '../run/useMoment'
import own from './machine.module.css'
import { NumberField } from './Policies'
import type { RoomProps } from './room'
import { Section } from './Section'

type LinkChange = Omit<Extract<InterventionBody, { type: 'linkChanged' }>, 'type' | 'between'>

/** The links of a host: cut or not, fast or slow, reliable or lossy. */
export function LinkConditions({ host, world, moment }: RoomProps) {
  const id = useId()
  const names = useNames()
  const actions = useRunActions()
  const neighbours = neighboursOf(world, host.name, moment.seen)
  const [wanted, setWanted] = useState<HostName>()
  const other = wanted !== undefined && neighbours.includes(wanted) ? wanted : neighbours[0]
  if (other === undefined) return null
  const { up, loss, latency, jitter, duplication = 0 } = conditionsBetween(world, host.name, other)
  const change = (what: LinkChange): void => {
    actions.intervene({ type: 'linkChanged', between: [host.name, other], ...what })
  }
  const percent = (share: number): number => Math.round(share * 100)

  return (
    <Section title={machineText('links')} aside={machineText(up ? 'linkWhole' : 'linkCut')}>
      <div className={own.link}>
        <label htmlFor={`${id}-link`}>{machineText('linkTo')}</label>
        <select
          id={`${id}-link`}
          className={styles.select}
          value={other}
          onChange={(event) => setWanted(event.target.value)}
        >
          {neighbours.map((name) => (
            <option key={name} value={name}>
              {names.title(name)}
            </option>
          ))}
        </select>
        <button className={styles.button} type="button" onClick={() => change({ up: !up })}>
          {machineText(up ? 'cut' : 'mend')}
        </button>
      </div>
      <div className={own.conditions} key={other}>
        <Measure
          title={machineText('latency')}
          unit={machineText('latencyUnit')}
          value={latency}
          most={60_000}
          onChange={(ms) => change({ latency: ms })}
        />
        <Measure
          title={machineText('jitter')}
          unit={machineText('jitterUnit')}
          value={jitter}
          most={60_000}
          onChange={(ms) => change({ jitter: ms })}
        />
        <Measure
          title={machineText('loss')}
          unit={machineText('lossUnit')}
          value={percent(loss)}
          most={100}
          onChange={(n) => change({ loss: n / 100 })}
        />
        <Measure
          title={machineText('duplication')}
          unit={machineText('duplicationUnit')}
          value={percent(duplication)}
          most={100}
          onChange={(n) => change({ duplication: n / 100 })}
        />
      </div>
    </Section>
  )
}

interface MeasureProps {
  readonly title: string
  readonly unit: string
  readonly value: number
  readonly most: number
  onChange(value: number): void
}

function Measure({ title, unit, value, most, onChange }: MeasureProps) {
  const id = useId()
  return (
    <span className={own.measure}>
      <label htmlFor={id}>{title}</label>
      <NumberField
        id={id}
        told={`${id}-unit`}
        value={value}
        least={0}
        most={most}
        disabled={false}
        onChange={onChange}
      />
      <span id={`${id}-unit`} className={styles.quiet}>
        {unit}
      </span>
    </span>
  )
}

import type { ReactNode } from 'react'
import { useId, useMemo, useState } from 'react'
import { fieldsText } from '../../messages/fields'
import { panelsText } from '../../messages/panels'
import {
  type Inspected,
  inspect,
  layersOf,
  messageStart,
  packetOf,
  pointerOf,
  presentOf,
} from '../../view/panels/inspected'
import { ipVersionOf, payloadStart } from '../../view/panels/packetOctets'
import { viewOf } from '../../view/run/runView'
import { sizeOf } from '../../world/packet'
import { factOf } from '../../world/trace'
import { useRun } from '../run/RunContext'
import { useNames } from '../run/useMoment'
import { joined } from '../shell/rich'
import { Said } from '../shell/Said'
import { Fields } from './Fields'
import own from './inspector.module.css'
import { OctetGrid } from './OctetGrid'
import { ProtocolMark } from './ProtocolMark'
import styles from './panels.module.css'

/**
 * Fields and octets of the chosen packet or line, side by side. If nothing is chosen, those of the line that the map shows, or of
 * the packet in flight before anything is said.
 */
export function Inspector() {
  const timeline = useRun((run) => run.timeline)
  const chosen = useRun((run) => run.selection.fact)
  const present = useRun(({ timeline, t, stepBy }) => presentOf(viewOf(timeline), t, stepBy === 'packet'))
  const inspected = useMemo(() => {
    const view = viewOf(timeline)
    const sentFor = (order: number | undefined) => {
      const fact = order === undefined ? undefined : factOf(timeline.trace, order)
      return fact && packetOf(view, fact)
    }
    const sent = sentFor(chosen) ?? sentFor(present)
    return sent && inspect(view, sent)
  }, [timeline, chosen, present])

  return (
    <section className={styles.panel} aria-label={panelsText('inspector')}>
      {inspected ? (
        <PacketView key={inspected.packet.id} inspected={inspected} />
      ) : (
        <div className={styles.body}>
          <p className={styles.empty}>{panelsText('nothingFlies')}</p>
        </div>
      )}
    </section>
  )
}

function PacketView({ inspected }: { readonly inspected: Inspected }) {
  const names = useNames()
  const id = useId()
  const { packet, carries } = inspected
  const [wanted, setWhole] = useState(false)
  const whole = wanted || !carries
  const { octets, fields, telling } = useMemo(() => layersOf(inspected, whole), [inspected, whole])
  const [picked, choose] = useState<number>()
  const chosen = picked ?? telling
  const [pointed, point] = useState<number>()
  // The fields of the other layer have other places.
  const layer = (whole: boolean): void => {
    setWhole(whole)
    choose(undefined)
  }
  const at = Math.min(pointed ?? chosen, fields.length - 1)
  const field = fields[at]
  const base = (whole ? payloadStart(packet) : 0) + messageStart(inspected)
  const pointer = field && inspected.protocol === 'DNS' ? pointerOf(octets, base, field) : undefined
  const transport = packet.kind === 'segment' ? 'TCP' : 'UDP'

  return (
    <>
      <div className={`${styles.head} ${own.panelHead}`}>
        <ProtocolMark protocol={inspected.protocol} />
        <span className={own.what}>
          {inspected.what}{' '}
          {inspected.wire && (
            <b className={own.wire} translate="no">
              {inspected.wire}
            </b>
          )}
        </span>
        <span className={styles.quiet}>
          {panelsText('way', {
            from: names.short(packet.from),
            to: names.short(packet.to),
            transport,
            source: String(packet.source.port),
            port: packet.destination.port,
            octets: sizeOf(packet),
          })}
        </span>
      </div>
      <div className={own.body}>
        {(inspected.gloss || carries) && (
          <div className={own.above}>
            {inspected.gloss && (
              <p className={own.gloss} title={inspected.gloss}>
                <Said text={panelsText('quoted', { gloss: inspected.gloss })} />
              </p>
            )}
            {carries && (
              <fieldset className={own.layers}>
                <legend className="unseen">{panelsText('show')}</legend>
                <label>
                  <input type="radio" name={id} checked={!whole} onChange={() => layer(false)} />{' '}
                  {panelsText('carried', { octets: packet.payload.length })}
                </label>
                <label>
                  <input type="radio" name={id} checked={whole} onChange={() => layer(true)} />{' '}
                  {fieldsText('withHeaders', { transport, version: ipVersionOf(packet) })}
                </label>
              </fieldset>
            )}
          </div>
        )}
        {inspected.encrypted && <p className={own.note}>{panelsText('encrypted')}</p>}
        {inspected.askedAgain && <p className={own.note}>{panelsText('askedAgain')}</p>}
        <div className={own.sides}>
          <Fields fields={fields} chosen={chosen} pointed={pointed} onChoose={choose} onPoint={point} />
          <OctetGrid octets={octets} fields={fields} lit={field} pointer={pointer} onChoose={choose} onPoint={point} />
        </div>
        {field && (
          // Only the choice of a person is said: what time brings is said by the stage.
          <p className={own.meaning} aria-live={picked === undefined ? 'off' : 'polite'}>
            {joined(
              pointer
                ? panelsText.parts('pointer', {
                    octets: hex(octets.slice(pointer.at, field.end)),
                    at: pointer.to - base,
                    code: wire,
                    quiet,
                  })
                : panelsText.parts('field', {
                    group: field.group,
                    name: field.name,
                    value: field.value,
                    count: field.end - field.start,
                    start: field.start,
                    code: wire,
                    quiet,
                  }),
            )}
          </p>
        )}
      </div>
    </>
  )
}

const wire = (inside: readonly ReactNode[]) => (
  <b className={own.wire} translate="no">
    {joined(inside)}
  </b>
)
const quiet = (inside: readonly ReactNode[]) => <span className={styles.quiet}>{joined(inside)}</span>

const hex = (octets: string): string =>
  Array.from(octets, (octet) => octet.charCodeAt(0).toString(16).padStart(2, '0')).join(' ')

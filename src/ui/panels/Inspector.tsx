import { useId, useMemo, useState } from 'react'
import {
  type Inspected,
  inFlightAt,
  inspect,
  layersOf,
  messageStart,
  packetOf,
  pointerOf,
} from '../../view/panels/inspected'
import { payloadStart } from '../../view/panels/packetOctets'
import { indexTrace } from '../../view/run/traceIndex'
import { sizeOf } from '../../world/packet'
import { factOf } from '../../world/trace'
import { useRun } from '../run/RunContext'
import { useNames } from '../run/useMoment'
import { Fields } from './Fields'
import own from './inspector.module.css'
import { OctetGrid } from './OctetGrid'
import { ProtocolMark } from './ProtocolMark'
import styles from './panels.module.css'

/** Fields and octets of the chosen packet or line side by side; with nothing chosen, of what is on its way now. */
export function Inspector() {
  const trace = useRun((run) => run.timeline.trace)
  const chosen = useRun((run) => run.selection.fact)
  const inFlight = useRun((run) => inFlightAt(indexTrace(run.timeline.trace), run.t))
  const inspected = useMemo(() => {
    const fact = chosen === undefined ? undefined : factOf(trace, chosen)
    const flying = inFlight === undefined ? undefined : factOf(trace, inFlight)
    const sent = (fact && packetOf(trace, fact)) ?? (flying?.type === 'packetSent' ? flying : undefined)
    return sent && inspect(trace, sent)
  }, [trace, chosen, inFlight])

  return (
    <section className={styles.panel} aria-label="Inspector">
      {inspected ? (
        <PacketView key={inspected.packet.id} inspected={inspected} />
      ) : (
        <div className={styles.body}>
          <p className={styles.empty}>
            Nothing is on its way at this moment. Choose a line in the transcript, or step by packet: what flies is
            taken apart here.
          </p>
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
  const { octets, fields } = useMemo(() => layersOf(inspected, whole), [inspected, whole])
  const [chosen, choose] = useState(0)
  const [pointed, point] = useState<number>()
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
          {inspected.what} {inspected.wire && <b className={own.wire}>{inspected.wire}</b>}
        </span>
        <span className={styles.quiet}>
          {names.short(packet.from)} to {names.short(packet.to)}, {transport} {packet.destination.port},{' '}
          {sizeOf(packet)} octets
        </span>
      </div>
      <div className={own.body}>
        {(inspected.gloss || carries) && (
          <div className={own.above}>
            {inspected.gloss && (
              <p className={own.gloss} title={inspected.gloss}>
                “{inspected.gloss}”
              </p>
            )}
            {carries && (
              <fieldset className={own.layers}>
                <legend className={styles.hidden}>Show</legend>
                <label>
                  <input type="radio" name={id} checked={!whole} onChange={() => setWhole(false)} /> Carried:{' '}
                  {packet.payload.length} octets
                </label>
                <label>
                  <input type="radio" name={id} checked={whole} onChange={() => setWhole(true)} /> With {transport} and
                  IPv4 headers
                </label>
              </fieldset>
            )}
          </div>
        )}
        {inspected.encrypted && (
          <p className={own.encrypted}>
            It travels inside TLS: an onlooker sees only ciphertext, how long it is and between whom. You read it with
            both keys.
          </p>
        )}
        <div className={own.sides}>
          <Fields fields={fields} chosen={chosen} pointed={pointed} onChoose={choose} onPoint={point} />
          <OctetGrid octets={octets} fields={fields} lit={field} pointer={pointer} onChoose={choose} onPoint={point} />
        </div>
        {field && (
          <p className={own.meaning} aria-live="polite">
            {pointer ? (
              <>
                <b className={own.wire}>{hex(octets.slice(pointer.at, field.end))}</b> “the rest stands at octet{' '}
                {pointer.to - base}”: a name said once is pointed at later.{' '}
                <span className={styles.quiet}>RFC 1035, section 4.1.4</span>
              </>
            ) : (
              <>
                {field.group}, {field.name}: <b className={own.wire}>{field.value}</b>
                <span className={styles.quiet}>
                  , {field.end - field.start === 1 ? '1 octet' : `${field.end - field.start} octets`} from {field.start}
                </span>
              </>
            )}
          </p>
        )}
      </div>
    </>
  )
}

const hex = (octets: string): string =>
  Array.from(octets, (octet) => octet.charCodeAt(0).toString(16).padStart(2, '0')).join(' ')

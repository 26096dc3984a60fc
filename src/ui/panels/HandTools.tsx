import { panelsText } from '../../messages/panels'
import type { LyingMessage, Place } from '../../view/panels/mailboxes'
import type { HostName } from '../../world/world'
import { useRunActions } from '../run/RunContext'
import own from './mailboxes.module.css'
import styles from './panels.module.css'

interface HandToolsProps {
  readonly place: Place
  readonly message: LyingMessage
}

/** Says that a device is stopped, where a person would do something on it, and starts it. */
export function Off({ host }: { readonly host: HostName }) {
  const actions = useRunActions()
  return (
    <>
      <span className={own.off}>{panelsText('off')}</span>
      <button
        type="button"
        className={`as-link ${styles.textButton}`}
        onClick={() => actions.intervene({ type: 'hostStarted', host })}
      >
        {panelsText('start')}
      </button>
    </>
  )
}

/** The actions of a person who reads a letter on a device. Each is an intervention, and what follows is seen on the wire. */
export function HandTools({ place, message }: HandToolsProps) {
  const actions = useRunActions()
  const { host, account, files } = place
  if (!place.up) return <Off host={host} />
  if (!files) {
    return (
      <div className={own.tools} role="group" aria-label={panelsText('byHand')}>
        <button
          type="button"
          className={own.tool}
          onClick={() => actions.intervene({ type: 'deleted', host, account, uid: message.uid })}
        >
          {panelsText('delete')}
        </button>
        <span className={styles.quiet}>{panelsText(place.leavesOnServer ? 'deleteThere' : 'deleteHere')}</span>
      </div>
    )
  }
  const uid = Number(message.uid)
  const isSeen = message.flags.includes('\\Seen')
  const isFlagged = message.flags.includes('\\Flagged')
  const mark = (as: 'seen' | 'unseen' | 'flagged' | 'unflagged' | 'removed') => () =>
    actions.intervene({ type: 'marked', host, account, uid, as })
  return (
    <div className={own.tools} role="group" aria-label={panelsText('byHand')}>
      <button type="button" className={own.tool} onClick={mark(isSeen ? 'unseen' : 'seen')}>
        {panelsText(isSeen ? 'markUnread' : 'markRead')}
      </button>
      <button type="button" className={own.tool} onClick={mark(isFlagged ? 'unflagged' : 'flagged')}>
        {panelsText(isFlagged ? 'unflag' : 'flag')}
      </button>
      <button type="button" className={own.tool} onClick={mark('removed')}>
        {panelsText('delete')}
      </button>
      {files.length > 0 && (
        <select
          className={styles.select}
          aria-label={panelsText('fileInto')}
          value=""
          onChange={(event) => actions.intervene({ type: 'filed', host, account, uid, mailbox: event.target.value })}
        >
          <option value="" disabled>
            {panelsText('fileInto')}
          </option>
          {files.map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
      )}
    </div>
  )
}

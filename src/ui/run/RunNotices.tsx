import { shellText } from '../../messages/shell'
import type { RunActions, RunState } from './run'

export interface RunNoticesProps {
  readonly notice: RunState['notice']
  readonly actions: Pick<RunActions, 'takeOther' | 'keepMine' | 'dismissNotice'>
}

/** Notices about storing the run that is shown, with the possible actions. */
export function RunNotices({ notice, actions }: RunNoticesProps) {
  if (notice === undefined) return null
  return (
    <section className="run-notice" role="alert" aria-label={shellText('yourWork')}>
      {notice === 'elsewhere' ? (
        <>
          <p>{shellText('changedElsewhere')}</p>
          <div>
            <button type="button" className="button" onClick={() => void actions.takeOther()}>
              {shellText('takeOther')}
            </button>
            <button type="button" className="button quiet" onClick={actions.keepMine}>
              {shellText('keepMine')}
            </button>
          </div>
        </>
      ) : (
        <>
          <p>{shellText('unreadableRun')}</p>
          <div>
            <button type="button" className="button quiet" onClick={actions.dismissNotice}>
              {shellText('allRight')}
            </button>
          </div>
        </>
      )}
    </section>
  )
}

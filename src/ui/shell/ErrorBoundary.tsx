import { Component, type ReactNode } from 'react'
import { shellText } from '../../messages/shell'
import type { RunFailed } from '../run/opening'
import { isUnloaded } from './unloaded'

interface Props {
  /** The route. When it changes, the failed part is tried again. */
  readonly place: string
  readonly children: ReactNode
}

interface State {
  readonly error: Error | undefined
  readonly place: string
}

/** A part of the page that failed leaves the rest, and the learner's work, as they were. */
export class ErrorBoundary extends Component<Props, State> {
  override state: State = { error: undefined, place: this.props.place }

  static getDerivedStateFromError(error: unknown): Partial<State> {
    return { error: error instanceof Error ? error : new Error(String(error)) }
  }

  static getDerivedStateFromProps(props: Props, state: State): Partial<State> | null {
    return props.place === state.place ? null : { error: undefined, place: props.place }
  }

  override render() {
    const { error } = this.state
    if (!error) return this.props.children
    const isMissing = isUnloaded(error)
    return (
      <div className="trouble" role="alert">
        <h1>{shellText(isMissing ? 'missing' : 'stopped')}</h1>
        {isMissing && <p>{shellText('missingWhy')}</p>}
        <p>{shellText('stoppedKept')}</p>
        <pre translate="no">{error.message}</pre>
        <div>
          <button
            type="button"
            className="button"
            onClick={() => (isMissing ? location.reload() : this.setState({ error: undefined }))}
          >
            {shellText(isMissing ? 'reload' : 'again')}
          </button>
          {isRunFailed(error) && (
            <button
              type="button"
              className="button quiet"
              onClick={() => void error.beginAnew().then(() => this.setState({ error: undefined }))}
            >
              {shellText('beginAnew')}
            </button>
          )}
          <button type="button" className="button quiet" onClick={startOver}>
            {shellText('startOver')}
          </button>
        </div>
      </div>
    )
  }
}

/** Compared by its name, because the shell does not import the code of runs. */
const isRunFailed = (error: Error): error is RunFailed => error.name === 'RunFailed'

/** Reloads the page at its beginning. Stored data stay unchanged. */
function startOver(): void {
  location.hash = '#/'
  location.reload()
}

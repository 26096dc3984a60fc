import type { Scenario } from '../../world/scenario'
import { changeKept, putAside, readKept, readText, writeKept, writeText } from '../keeping/database'
import { news } from '../keeping/windows'
import { branchOf } from './branches'
import type { SavingNotice } from './run'
import type { SavedRun } from './savedRun'

/** The learner's instant when the page was left, and the revision of the run. */
interface Place {
  readonly t: number
  readonly revision: string
}

export interface Saving {
  /**
   * The stored run of this window, or else the one that all windows share. Never rejects; an unreadable run is put aside and
   * reported.
   */
  load(): Promise<SavedRun | undefined>
  /** The learner's instant when this window was left, if the run has not changed since. */
  leftAt(): number | undefined
  /** After an intervention: saves at once. */
  done(): void
  /** After a change of the instant: saves soon. */
  moved(): void
  /** Replaces this window's run by the one that another window has saved. */
  takeOther(): Promise<SavedRun | undefined>
  /** Replaces the other window's saved run by this window's. The other window then asks its learner. */
  keepMine(): void
}

const SAVE_AFTER = 200
/** The number of windows for which separate runs are stored, beside the run that all windows share. */
const MOST_APART = 5
/** The revision of a run without interventions, which any window may continue. */
const UNTOUCHED = ''
/** The stored run could not be read, so this window must not overwrite it. */
const UNKNOWN = 'unknown'

const random = (): string => `${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 10)}`

/** This window's own name, which survives a reload. */
function windowName(): string {
  const known = readText('session', 'window')
  if (known !== undefined) return known
  const name = random()
  writeText('session', 'window', name)
  return name
}

function revisionOf(kept: unknown): string | undefined {
  if (typeof kept !== 'object' || kept === null) return undefined
  return 'revision' in kept && typeof kept.revision === 'string' ? kept.revision : UNTOUCHED
}

function placeIn(text: string | undefined): Place | undefined {
  try {
    const place: unknown = JSON.parse(text ?? 'null')
    if (typeof place !== 'object' || place === null || !('t' in place) || !('revision' in place)) return undefined
    const { t, revision } = place
    return typeof t === 'number' && typeof revision === 'string' ? { t, revision } : undefined
  } catch {
    return undefined
  }
}

/**
 * Stores a run in this browser. All windows share the stored run. A window does not overwrite it if another one has changed it
 * meanwhile: it stores its own run separately and asks (`elsewhere`).
 */
export function createSaving(
  name: string,
  scenario: Scenario,
  snapshot: () => Omit<SavedRun, 'revision'>,
  notice: (notice: SavingNotice | undefined) => void,
): Saving {
  const key = `run:${name}`
  const apartKey = `${key}:apart`
  let revision = UNTOUCHED
  let apart = false
  let loaded = false
  let waiting: ReturnType<typeof setTimeout> | undefined

  const part = (): void => {
    if (!apart) notice('elsewhere')
    apart = true
  }
  const keepApart = (mine: SavedRun | undefined): void => {
    const own = windowName()
    void changeKept(apartKey, (kept) => {
      const others = typeof kept === 'object' && kept !== null ? Object.entries(kept) : []
      const all = others.filter(([each]) => each !== own).slice(1 - MOST_APART)
      return Object.fromEntries(mine ? [...all, [own, mine]] : all)
    }).catch(() => undefined)
  }
  const stopWaiting = (): void => {
    clearTimeout(waiting)
    waiting = undefined
  }

  const save = (deed: boolean): void => {
    stopWaiting()
    const base = revision
    if (deed) revision = random()
    const mine: SavedRun = { ...snapshot(), revision }
    if (apart) {
      keepApart(mine)
      return
    }
    const isOthers = (kept: unknown): boolean => (revisionOf(kept) ?? base) !== base
    changeKept(key, (kept) => (isOthers(kept) ? kept : mine)).then(
      (kept) => {
        if (revisionOf(kept) === mine.revision) {
          if (deed) news().tell(key)
        } else if (deed) {
          part()
          keepApart({ ...snapshot(), revision })
        }
      },
      // The run is still in memory; the page says that it will be lost when the page is left.
      () => undefined,
    )
  }

  const heard = async (changed: string): Promise<void> => {
    if (changed !== key || apart) return
    const theirs = revisionOf(await readKept(key).catch(() => undefined))
    if (theirs === undefined || theirs === revision || apart) return
    part()
    keepApart({ ...snapshot(), revision })
  }

  const readAll = async (): Promise<{ readonly own: unknown; readonly shared: unknown }> => {
    const [apartRuns, shared] = await Promise.all([readKept(apartKey), readKept(key)])
    const runs: Readonly<Record<string, unknown>> = Object(apartRuns)
    return { own: runs[windowName()], shared }
  }

  if (typeof document !== 'undefined') {
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'hidden' && waiting !== undefined) save(false)
    })
    window.addEventListener('pagehide', () => {
      if (loaded) writeText('session', key, JSON.stringify({ t: branchOf(snapshot()).t, revision } satisfies Place))
    })
    news().listen((changed) => void heard(changed))
  }

  return {
    load: async () => {
      const [{ own, shared }, { readSavedRun }] = await Promise.all([
        readAll().catch(() => {
          revision = UNKNOWN
          return { own: undefined, shared: undefined }
        }),
        import('./savedRun'),
      ])
      loaded = true
      const kept = own ?? shared
      if (kept === undefined) return undefined
      revision = revisionOf(kept) ?? UNTOUCHED
      const saved = readSavedRun(kept, scenario)
      if (!saved) {
        notice('dropped')
        await putAside(key, kept, Date.now())
      }
      if (own !== undefined && revisionOf(shared) !== revision) part()
      return saved
    },
    leftAt: () => {
      const left = placeIn(readText('session', key))
      return left?.revision === revision ? left.t : undefined
    },
    done: () => save(true),
    moved: () => {
      waiting ??= setTimeout(() => save(false), SAVE_AFTER)
    },
    takeOther: async () => {
      const { readSavedRun } = await import('./savedRun')
      const kept = await readKept(key).catch(() => undefined)
      const saved = readSavedRun(kept, scenario)
      apart = false
      keepApart(undefined)
      revision = revisionOf(kept) ?? UNTOUCHED
      notice(undefined)
      return saved
    },
    keepMine: () => {
      stopWaiting()
      apart = false
      keepApart(undefined)
      revision = random()
      notice(undefined)
      writeKept(key, { ...snapshot(), revision }).then(
        () => news().tell(key),
        () => undefined,
      )
    },
  }
}

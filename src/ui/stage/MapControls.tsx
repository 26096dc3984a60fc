import { Info, Maximize, Minus, Plus } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { stageText } from '../../messages/stage'
import type { Zoom } from '../../view/network/zooming'
import type { Simplification } from '../../world/scenario'
import { useRunStore } from '../run/RunContext'

const NOTHING: readonly Simplification[] = []

interface MapControlsProps {
  readonly side: 'left' | 'right'
  /** False if the map follows the step by itself. */
  readonly zoomable: boolean
  /** The zoom of the map; undefined until it is drawn. */
  readonly zoom: Zoom | undefined
  /** The zoom factor: 1 is the whole map. */
  readonly factor: number
  /** The simplifications of the lesson, beside those of its world. */
  readonly simplifies: readonly Simplification[] | undefined
}

/** The simplifications of the scene, and the buttons that zoom the map. */
export function MapControls({ side, zoomable, zoom, factor, simplifies = NOTHING }: MapControlsProps) {
  return (
    <div className="map-controls" data-side={side}>
      <Simplified lesson={simplifies} />
      {zoomable && (
        <>
          <button
            type="button"
            className="icon-button"
            aria-label={stageText('zoomIn')}
            title={stageText('zoomInKey')}
            aria-disabled={zoom === undefined || factor >= zoom.most}
            onClick={() => zoom?.by(1.5)}
          >
            <Plus aria-hidden="true" />
          </button>
          <button
            type="button"
            className="icon-button"
            aria-label={stageText('zoomOut')}
            title={stageText('zoomOutKey')}
            aria-disabled={factor <= 1}
            onClick={() => zoom?.by(1 / 1.5)}
          >
            <Minus aria-hidden="true" />
          </button>
          {factor > 1 && (
            <button
              type="button"
              className="icon-button"
              aria-label={stageText('wholeMap')}
              title={stageText('wholeMapKey')}
              onClick={() => zoom?.reset()}
            >
              <Maximize aria-hidden="true" />
            </button>
          )}
        </>
      )}
    </div>
  )
}

const Simplifications = lazy(() => import('./Simplifications'))

/** Opens the simplifications of this scene, which are loaded then. */
function Simplified({ lesson }: { readonly lesson: readonly Simplification[] }) {
  const { simplifies } = useRunStore().scenario
  const [open, setOpen] = useState(false)
  if (simplifies.length + lesson.length === 0) return null
  return (
    <>
      <button
        type="button"
        className="icon-button"
        aria-label={stageText('simplified')}
        title={stageText('simplified')}
        onClick={() => setOpen(true)}
      >
        <Info aria-hidden="true" />
      </button>
      {open && (
        <Suspense>
          <Simplifications lesson={lesson} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  )
}

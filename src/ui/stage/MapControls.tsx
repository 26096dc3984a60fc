import { Info, Maximize, Minus, Plus } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { stageText } from '../../messages/stage'
import type { Zoom } from '../../view/network/zooming'
import { useRunStore } from '../run/RunContext'

interface MapControlsProps {
  readonly side: 'left' | 'right'
  /** False if the map follows the step by itself. */
  readonly zoomable: boolean
  /** The zoom of the map; undefined until it is drawn. */
  readonly zoom: Zoom | undefined
  /** The zoom factor: 1 is the whole map. */
  readonly factor: number
}

/** The simplifications of the scene, and the buttons that zoom the map. */
export function MapControls({ side, zoomable, zoom, factor }: MapControlsProps) {
  return (
    <div className="map-controls" data-side={side}>
      <Simplified />
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
            title={stageText('zoomOut')}
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

/** A list of what this scene leaves out or simplifies. */
function Simplified() {
  const { simplifies, title } = useRunStore().scenario
  const dialog = useRef<HTMLDialogElement>(null)
  const [open, setOpen] = useState(false)
  useEffect(() => {
    if (open) dialog.current?.showModal()
    else dialog.current?.close()
  }, [open])
  if (simplifies.length === 0) return null
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
      <dialog
        ref={dialog}
        className="dialog simplified"
        aria-label={stageText('simplified')}
        onClose={() => setOpen(false)}
      >
        <h2>{stageText('simplifiedIn', { world: title })}</h2>
        <ul>
          {simplifies.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
        <button type="button" className="button quiet" onClick={() => setOpen(false)}>
          {stageText('close')}
        </button>
      </dialog>
    </>
  )
}

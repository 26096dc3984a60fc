import type { CSSProperties } from 'react'
import { hueOf } from '../../view/faces'

/** Style that gives an element and what is in it the protocol's hue, as `var(--hue)`. */
export const hueStyle = (protocol: string): CSSProperties => ({ '--hue': hueOf(protocol) }) as CSSProperties

import type { ProtocolFace } from '../../session/face'

export const dnsFace: ProtocolFace = {
  name: 'DNS',
  look: {
    hue: 'var(--dns)',
    stroke: 'dots',
    carrier: 'diamond',
    mark: 'M8 2l6 6-6 6-6-6z',
    filled: true,
    tick: 'M0 3l4 4l-4 4l-4 -4z',
  },
}

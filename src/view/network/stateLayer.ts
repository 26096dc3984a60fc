import type { HostName } from '../../world/world'
import { hueOf } from '../faces'
import type { Scene } from '../stage/scene'
import type { Layer, MapFrame } from './frame'
import type { HostLayer } from './hostLayer'
import type { Box } from './placement'
import { STATE_LINE, type StateGround, type StateLabel, stateGround, stateLabels } from './stateLabels'

/** The states of hosts in words. Where each stands depends on all that is shown, so it is worked out when any of it changes. */
export class StateLayer {
  #frame: MapFrame | undefined
  #ground: StateGround | undefined
  #shown = ''
  /** The boxes of the states that are shown: captions avoid them. */
  boxes: readonly Box[] = []

  draw(frame: MapFrame, { hosts }: Scene, layer: HostLayer): void {
    if (frame !== this.#frame || !this.#ground) {
      this.#frame = frame
      this.#ground = stateGround(frame, layer.boxes)
      this.#shown = ''
    }
    const shown = JSON.stringify(
      Object.values(hosts).map(({ up, rests, state, waiting, holds }) => [up, rests, state, waiting > 0, holds > 0]),
    )
    if (shown === this.#shown) return
    this.#shown = shown
    const labels = stateLabels(frame, layer.places, this.#ground, hosts)
    this.boxes = [...labels.values()].map(airy)
    for (const { name } of layer.places) this.#write(layer.stateOf(name), name, labels.get(name), hosts)
  }

  #write(group: Layer | undefined, name: HostName, label: StateLabel | undefined, hosts: Scene['hosts']): void {
    group?.selectAll('*').remove()
    const host = hosts[name]
    if (!group || !label || !host) return
    label.lines.forEach((line, i) => {
      group
        .append('text')
        .attr('class', !host.up ? 'state-text off' : host.state ? 'state-text' : 'state-text quiet')
        .style('--hue', hueOf(host.state?.protocol ?? 'TCP'))
        .attr('text-anchor', label.anchor)
        .attr('x', label.x)
        .attr('y', label.y + i * STATE_LINE)
        .text(line)
    })
  }
}

/** From a state to a caption, so that they are not read together. */
const AIR = 5
const airy = ({ box: { left, right, top, bottom } }: StateLabel): Box => ({
  left: left - AIR,
  right: right + AIR,
  top: top - AIR,
  bottom: bottom + AIR,
})

/** The layers of the map that a stage at rest does not need. They are loaded together after it is drawn. */
export { StateLayer } from './stateLayer'
export { TravellerLayer } from './travellerLayer'

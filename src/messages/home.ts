import english from './en/home'
import { topic } from './topic'

export const homeText = topic('home', english)

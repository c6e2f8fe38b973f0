import { lessons as crankshaft } from './diesel-crankshaft.mjs';
import { lessons as safetyAndGauges } from './diesel-safety-and-gauges.mjs';
import { lessons as lathe } from './lathe.mjs';
import { lessons as welding } from './welding.mjs';

/**
 * A slide lasts `units` of eight seconds; its sentences (`says`, the captions) share that time by their length.
 * The title card in front is made from the lesson itself and lasts one unit.
 * @typedef {{ units: number, heading: string, points: string[], says: string[] }} DemoSlide
 * @typedef {{ slug: string, number: string, title: string, course: string, organization: string, art: string, slides: DemoSlide[] }} DemoLesson
 */

/** @type {DemoLesson[]} */
export const lessons = [...safetyAndGauges, ...crankshaft, ...lathe, ...welding];

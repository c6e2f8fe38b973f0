/** What conversion needs to know of a file; ffprobe's words. */
export interface SourceMedia {
  durationMs: number;
  video:
    | {
        codec: string;
        profile: string;
        pixelFormat: string;
        width: number;
        height: number;
        rotation: number;
        pixelAspect: number;
        framesPerSecond: number;
        interlaced: boolean;
      }
    | undefined;
  audio: { codec: string; profile: string; channels: number } | undefined;
}

/** Why a file cannot be used, as keys of the media messages. */
export type RefusalReason =
  | 'empty'
  | 'not-a-video'
  | 'no-picture'
  | 'damaged'
  | 'no-duration'
  | 'too-long'
  | 'picture-too-large'
  | 'codec-unknown'
  | 'conversion-failed';

export interface RenditionPlan {
  width: number;
  height: number;
  /** `copy` keeps the picture as it is; the others are encoded, at so many bits a second at most. */
  picture: 'copy' | { maxRate: number; soundRate: number };
}

export interface ConversionPlan {
  /** In the order of work: what is soonest ready first. */
  renditions: RenditionPlan[];
  /** Used when a copied picture turns out to have keyframes too far apart. */
  instead: RenditionPlan;
  audio: 'none' | 'copy' | 'encode';
}

export const LONGEST_MS = 12 * 60 * 60 * 1000;
export const SHORTEST_MS = 200;
/** A copied picture with keyframes further apart (s) cannot be seeked in, so it is encoded after all. */
export const LONGEST_COPIED_FRAGMENT_SECONDS = 12;
const LARGEST_SIDE = 8192;

// Short side -> bits a second of picture and sound at most; together the smallest stays under 200,000.
const LADDER = [
  { side: 240, maxRate: 110_000, soundRate: 56_000 },
  { side: 480, maxRate: 1_000_000, soundRate: 96_000 },
  { side: 720, maxRate: 2_200_000, soundRate: 96_000 },
];
const TOP = { side: 1080, maxRate: 4_200_000, soundRate: 128_000 };

const COPIED_PROFILES = ['Constrained Baseline', 'Baseline', 'Main', 'High'];
const STILL_CODECS = ['png', 'mjpegb', 'gif', 'bmp', 'webp', 'tiff'];

/** Whether the file can be used, and in which renditions it is made. */
export function planConversion(
  source: SourceMedia,
): { refused: RefusalReason } | { plan: ConversionPlan } {
  const { video } = source;
  if (!video) return { refused: source.audio ? 'no-picture' : 'not-a-video' };
  if (STILL_CODECS.includes(video.codec)) return { refused: 'no-picture' };
  if (video.codec === '') return { refused: 'codec-unknown' };
  if (video.width < 2 || video.height < 2) return { refused: 'damaged' };
  if (video.width > LARGEST_SIDE || video.height > LARGEST_SIDE)
    return { refused: 'picture-too-large' };
  if (source.durationMs > LONGEST_MS) return { refused: 'too-long' };
  if (source.durationMs < SHORTEST_MS) return { refused: 'no-duration' };

  const upright = uprightSize(video);
  const shortSide = Math.min(upright.width, upright.height);
  const top = encoded(upright, Math.min(shortSide, 1080));
  const smaller = LADDER.filter((step) => step.side < shortSide * 0.8).map((step) =>
    encoded(upright, step.side),
  );
  const copied: RenditionPlan = { width: video.width, height: video.height, picture: 'copy' };
  return {
    plan: {
      renditions: canCopyPicture(video) ? [copied, ...smaller] : [...smaller, top],
      instead: top,
      audio: !source.audio ? 'none' : canCopySound(source.audio) ? 'copy' : 'encode',
    },
  };
}

/** Whether a file promises more than it holds: its end was lost on the way. Both in ms. */
export function isCutShort(heldMs: number, promisedMs: number): boolean {
  return heldMs < promisedMs * 0.98 - 500;
}

/** What is made of a source whose picture cannot be copied after all, in the order of work. */
export function withoutCopy(plan: ConversionPlan): ConversionPlan {
  const kept = plan.renditions.filter((rendition) => rendition.picture !== 'copy');
  const renditions = kept.length < plan.renditions.length ? [...kept, plan.instead] : kept;
  return { ...plan, renditions };
}

/** Width and height on the screen in whole pixels: turned upright, with square pixels. */
export function shownSize(video: NonNullable<SourceMedia['video']>): {
  width: number;
  height: number;
} {
  const { width, height } = uprightSize(video);
  return { width: Math.round(width), height: Math.round(height) };
}

/** H.264 as every phone plays it: 8-bit 4:2:0, upright, square pixels, at most 1080p60. */
function canCopyPicture(video: NonNullable<SourceMedia['video']>): boolean {
  return (
    video.codec === 'h264' &&
    video.pixelFormat === 'yuv420p' &&
    COPIED_PROFILES.includes(video.profile) &&
    video.rotation === 0 &&
    Math.abs(video.pixelAspect - 1) < 0.01 &&
    Math.min(video.width, video.height) <= 1088 &&
    Math.max(video.width, video.height) <= 1920 &&
    video.framesPerSecond <= 61 &&
    !video.interlaced
  );
}

function canCopySound(audio: NonNullable<SourceMedia['audio']>): boolean {
  return audio.codec === 'aac' && audio.profile === 'LC' && audio.channels <= 2;
}

/** The size on the screen: pixels made square, turned upright. */
function uprightSize(video: NonNullable<SourceMedia['video']>): { width: number; height: number } {
  const width = video.width * video.pixelAspect;
  return video.rotation % 180 === 0
    ? { width, height: video.height }
    : { width: video.height, height: width };
}

function encoded(upright: { width: number; height: number }, shortSide: number): RenditionPlan {
  const scale = shortSide / Math.min(upright.width, upright.height);
  const even = (length: number) => Math.max(2, Math.round((length * scale) / 2) * 2);
  const { maxRate, soundRate } = LADDER.find((step) => shortSide <= step.side) ?? TOP;
  return {
    width: even(upright.width),
    height: even(upright.height),
    picture: { maxRate, soundRate },
  };
}

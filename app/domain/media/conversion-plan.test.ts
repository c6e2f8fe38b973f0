import { describe, expect, test } from 'vitest';
import { planConversion, type SourceMedia } from './conversion-plan';

type Video = NonNullable<SourceMedia['video']>;

const phone: Video = {
  codec: 'h264',
  profile: 'High',
  pixelFormat: 'yuv420p',
  width: 1920,
  height: 1080,
  rotation: 0,
  pixelAspect: 1,
  framesPerSecond: 29.97,
  interlaced: false,
};
const aac = { codec: 'aac', profile: 'LC', channels: 2 };

function plan(video: Partial<Video>, audio: SourceMedia['audio'] = aac) {
  const planned = planConversion({ durationMs: 60_000, video: { ...phone, ...video }, audio });
  if ('refused' in planned) throw new Error(planned.refused);
  return planned.plan;
}

const sizes = (video: Partial<Video>) =>
  plan(video).renditions.map(
    ({ width, height, picture }) => `${width}x${height}${picture === 'copy' ? ' copied' : ''}`,
  );

describe('renditions, soonest ready first', () => {
  test.each<[string, Partial<Video>, string[]]>([
    ['1080p of a phone', {}, ['1920x1080 copied', '426x240', '854x480', '1280x720']],
    ['a small clip', { width: 640, height: 360 }, ['640x360 copied', '426x240']],
    ['4K', { width: 3840, height: 2160 }, ['426x240', '854x480', '1280x720', '1920x1080']],
    ['HEVC', { codec: 'hevc' }, ['426x240', '854x480', '1280x720', '1920x1080']],
    [
      '10 bits',
      { pixelFormat: 'yuv420p10le', profile: 'High 10' },
      ['426x240', '854x480', '1280x720', '1920x1080'],
    ],
    ['filmed upright', { rotation: 90 }, ['240x426', '480x854', '720x1280', '1080x1920']],
    ['upright as stored', { width: 720, height: 1280 }, ['720x1280 copied', '240x426', '480x854']],
    ['odd sides', { width: 641, height: 361, codec: 'vp8' }, ['426x240', '642x362']],
    ['wide pixels', { width: 720, height: 576, pixelAspect: 16 / 15 }, ['320x240', '768x576']],
    ['interlaced', { interlaced: true, height: 480, width: 854 }, ['428x240', '854x480']],
    [
      '120 pictures a second',
      { framesPerSecond: 120, width: 640, height: 360 },
      ['426x240', '640x360'],
    ],
  ])('%s', (_name, video, expected) => {
    expect(sizes(video)).toEqual(expected);
  });

  test('sound is kept when every phone plays it, and may be absent', () => {
    expect(plan({}).audio).toBe('copy');
    expect(plan({}, { ...aac, profile: 'HE-AAC' }).audio).toBe('encode');
    expect(plan({}, { ...aac, channels: 6 }).audio).toBe('encode');
    expect(planConversion({ durationMs: 1000, video: phone, audio: undefined })).toMatchObject({
      plan: { audio: 'none' },
    });
  });
});

describe('refusals', () => {
  const refusal = (source: Partial<SourceMedia>) =>
    planConversion({ durationMs: 60_000, video: phone, audio: aac, ...source });
  test.each<[string, Partial<SourceMedia>, string]>([
    ['sound only', { video: undefined }, 'no-picture'],
    ['nothing at all', { video: undefined, audio: undefined }, 'not-a-video'],
    ['a cover picture', { video: { ...phone, codec: 'png' } }, 'no-picture'],
    ['an unknown coding', { video: { ...phone, codec: '' } }, 'codec-unknown'],
    ['no size', { video: { ...phone, width: 0 } }, 'damaged'],
    ['a wall of pixels', { video: { ...phone, width: 16_384 } }, 'picture-too-large'],
    ['12 hours and a bit', { durationMs: 12 * 3_600_000 + 1 }, 'too-long'],
    ['no length', { durationMs: 0 }, 'no-duration'],
  ])('%s', (_name, source, reason) => {
    expect(refusal(source)).toEqual({ refused: reason });
  });

  test('12 hours exactly are taken', () => {
    expect(refusal({ durationMs: 12 * 3_600_000 })).toHaveProperty('plan');
  });
});

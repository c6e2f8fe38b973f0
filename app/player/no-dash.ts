/** What video.js would need for DASH; our videos are HLS, so that none of it is ever called. */
function refuse(): never {
  throw new Error('this player plays HLS');
}

export const addSidxSegmentsToPlaylist = refuse;
export const generateSidxKey = refuse;
export const parse = refuse;
export const parseUTCTiming = refuse;

import { useEffect, useRef, useState } from 'react';
import { useLocale, useText } from '~/i18n/locale';
import { teachMessages } from '~/i18n/messages/teach';
import styles from './editor.module.css';

/** The player without any counting; loaded when it is shown. */
export function Preview(props: {
  mediaId: string;
  label: string;
  /** Whether it plays at once, because it was asked for. */
  playing?: boolean;
  captions: { language: string; label: string }[];
  /** The element that plays, while there is one. */
  onVideo?: (video: HTMLVideoElement | null) => void;
}) {
  const { onVideo } = props;
  const watcher = useRef(onVideo);
  watcher.current = onVideo;
  const { mediaId, label, captions, playing = false } = props;
  const stage = useRef<HTMLDivElement>(null);
  const locale = useLocale();
  const text = useText(teachMessages).lesson;
  const [failed, setFailed] = useState(false);
  const tracks = JSON.stringify(captions);
  useEffect(() => {
    const shown = JSON.parse(tracks) as typeof captions;
    let dispose: (() => void) | undefined;
    let wanted = true;
    void import('~/player/video-player').then(({ mountVideo }) => {
      if (!wanted || !stage.current) return;
      const player = mountVideo(stage.current, {
        source: {
          playlist: `/media/${mediaId}/master.m3u8`,
          audio: null,
          previews: null,
          sections: [],
          poster: `/media/${mediaId}/poster.jpg`,
          captions: shown.map((caption) => ({
            ...caption,
            url: `/media/${mediaId}/captions.${caption.language}.vtt`,
          })),
        },
        startAtMs: 0,
        maxSpeed: 2,
        quality: 'auto',
        locale,
        label,
        onFailure: setFailed,
      });
      if (playing) void player.video.play().catch(() => undefined);
      watcher.current?.(player.video);
      dispose = player.dispose;
    });
    return () => {
      wanted = false;
      watcher.current?.(null);
      dispose?.();
    };
  }, [mediaId, label, locale, tracks, playing]);
  return (
    <>
      <div className={styles.stage} ref={stage} />
      {failed ? <p className="form-error">{text.playerFailed}</p> : null}
    </>
  );
}

// Tabler icons, one deep import each. Always with a word beside; add a line above and below for a new one.
import type { SVGProps } from 'react';
import { __iconNode as alertCircle } from '@tabler/icons-react/dist/esm/icons/IconAlertCircle.mjs';
import { __iconNode as alertTriangle } from '@tabler/icons-react/dist/esm/icons/IconAlertTriangle.mjs';
import { __iconNode as arrowBackUp } from '@tabler/icons-react/dist/esm/icons/IconArrowBackUp.mjs';
import { __iconNode as arrowDown } from '@tabler/icons-react/dist/esm/icons/IconArrowDown.mjs';
import { __iconNode as arrowForwardUp } from '@tabler/icons-react/dist/esm/icons/IconArrowForwardUp.mjs';
import { __iconNode as arrowLeft } from '@tabler/icons-react/dist/esm/icons/IconArrowLeft.mjs';
import { __iconNode as arrowRight } from '@tabler/icons-react/dist/esm/icons/IconArrowRight.mjs';
import { __iconNode as arrowUp } from '@tabler/icons-react/dist/esm/icons/IconArrowUp.mjs';
import { __iconNode as article } from '@tabler/icons-react/dist/esm/icons/IconArticle.mjs';
import { __iconNode as bell } from '@tabler/icons-react/dist/esm/icons/IconBell.mjs';
import { __iconNode as bold } from '@tabler/icons-react/dist/esm/icons/IconBold.mjs';
import { __iconNode as books } from '@tabler/icons-react/dist/esm/icons/IconBooks.mjs';
import { __iconNode as building } from '@tabler/icons-react/dist/esm/icons/IconBuilding.mjs';
import { __iconNode as bulb } from '@tabler/icons-react/dist/esm/icons/IconBulb.mjs';
import { __iconNode as calendar } from '@tabler/icons-react/dist/esm/icons/IconCalendar.mjs';
import { __iconNode as certificate } from '@tabler/icons-react/dist/esm/icons/IconCertificate.mjs';
import { __iconNode as chartBar } from '@tabler/icons-react/dist/esm/icons/IconChartBar.mjs';
import { __iconNode as check } from '@tabler/icons-react/dist/esm/icons/IconCheck.mjs';
import { __iconNode as chevronDown } from '@tabler/icons-react/dist/esm/icons/IconChevronDown.mjs';
import { __iconNode as chevronLeft } from '@tabler/icons-react/dist/esm/icons/IconChevronLeft.mjs';
import { __iconNode as chevronRight } from '@tabler/icons-react/dist/esm/icons/IconChevronRight.mjs';
import { __iconNode as chevronUp } from '@tabler/icons-react/dist/esm/icons/IconChevronUp.mjs';
import { __iconNode as circleCheck } from '@tabler/icons-react/dist/esm/icons/IconCircleCheck.mjs';
import { __iconNode as clock } from '@tabler/icons-react/dist/esm/icons/IconClock.mjs';
import { __iconNode as cloudOff } from '@tabler/icons-react/dist/esm/icons/IconCloudOff.mjs';
import { __iconNode as cloudUpload } from '@tabler/icons-react/dist/esm/icons/IconCloudUpload.mjs';
import { __iconNode as code } from '@tabler/icons-react/dist/esm/icons/IconCode.mjs';
import { __iconNode as columnInsertRight } from '@tabler/icons-react/dist/esm/icons/IconColumnInsertRight.mjs';
import { __iconNode as copy } from '@tabler/icons-react/dist/esm/icons/IconCopy.mjs';
import { __iconNode as dots } from '@tabler/icons-react/dist/esm/icons/IconDots.mjs';
import { __iconNode as dotsVertical } from '@tabler/icons-react/dist/esm/icons/IconDotsVertical.mjs';
import { __iconNode as download } from '@tabler/icons-react/dist/esm/icons/IconDownload.mjs';
import { __iconNode as edit } from '@tabler/icons-react/dist/esm/icons/IconEdit.mjs';
import { __iconNode as externalLink } from '@tabler/icons-react/dist/esm/icons/IconExternalLink.mjs';
import { __iconNode as eye } from '@tabler/icons-react/dist/esm/icons/IconEye.mjs';
import { __iconNode as eyeOff } from '@tabler/icons-react/dist/esm/icons/IconEyeOff.mjs';
import { __iconNode as fileSpreadsheet } from '@tabler/icons-react/dist/esm/icons/IconFileSpreadsheet.mjs';
import { __iconNode as fileText } from '@tabler/icons-react/dist/esm/icons/IconFileText.mjs';
import { __iconNode as filter } from '@tabler/icons-react/dist/esm/icons/IconFilter.mjs';
import { __iconNode as gripVertical } from '@tabler/icons-react/dist/esm/icons/IconGripVertical.mjs';
import { __iconNode as h2 } from '@tabler/icons-react/dist/esm/icons/IconH2.mjs';
import { __iconNode as h3 } from '@tabler/icons-react/dist/esm/icons/IconH3.mjs';
import { __iconNode as history } from '@tabler/icons-react/dist/esm/icons/IconHistory.mjs';
import { __iconNode as home } from '@tabler/icons-react/dist/esm/icons/IconHome.mjs';
import { __iconNode as homeFilled } from '@tabler/icons-react/dist/esm/icons/IconHomeFilled.mjs';
import { __iconNode as infoCircle } from '@tabler/icons-react/dist/esm/icons/IconInfoCircle.mjs';
import { __iconNode as italic } from '@tabler/icons-react/dist/esm/icons/IconItalic.mjs';
import { __iconNode as key } from '@tabler/icons-react/dist/esm/icons/IconKey.mjs';
import { __iconNode as language } from '@tabler/icons-react/dist/esm/icons/IconLanguage.mjs';
import { __iconNode as link } from '@tabler/icons-react/dist/esm/icons/IconLink.mjs';
import { __iconNode as list } from '@tabler/icons-react/dist/esm/icons/IconList.mjs';
import { __iconNode as listCheck } from '@tabler/icons-react/dist/esm/icons/IconListCheck.mjs';
import { __iconNode as listNumbers } from '@tabler/icons-react/dist/esm/icons/IconListNumbers.mjs';
import { __iconNode as lock } from '@tabler/icons-react/dist/esm/icons/IconLock.mjs';
import { __iconNode as logout } from '@tabler/icons-react/dist/esm/icons/IconLogout.mjs';
import { __iconNode as mathFunction } from '@tabler/icons-react/dist/esm/icons/IconMathFunction.mjs';
import { __iconNode as message } from '@tabler/icons-react/dist/esm/icons/IconMessage.mjs';
import { __iconNode as messageCircle } from '@tabler/icons-react/dist/esm/icons/IconMessageCircle.mjs';
import { __iconNode as minus } from '@tabler/icons-react/dist/esm/icons/IconMinus.mjs';
import { __iconNode as movie } from '@tabler/icons-react/dist/esm/icons/IconMovie.mjs';
import { __iconNode as paperclip } from '@tabler/icons-react/dist/esm/icons/IconPaperclip.mjs';
import { __iconNode as photo } from '@tabler/icons-react/dist/esm/icons/IconPhoto.mjs';
import { __iconNode as playerPause } from '@tabler/icons-react/dist/esm/icons/IconPlayerPause.mjs';
import { __iconNode as playerPlay } from '@tabler/icons-react/dist/esm/icons/IconPlayerPlay.mjs';
import { __iconNode as playerPlayFilled } from '@tabler/icons-react/dist/esm/icons/IconPlayerPlayFilled.mjs';
import { __iconNode as plus } from '@tabler/icons-react/dist/esm/icons/IconPlus.mjs';
import { __iconNode as printer } from '@tabler/icons-react/dist/esm/icons/IconPrinter.mjs';
import { __iconNode as refresh } from '@tabler/icons-react/dist/esm/icons/IconRefresh.mjs';
import { __iconNode as rowInsertBottom } from '@tabler/icons-react/dist/esm/icons/IconRowInsertBottom.mjs';
import { __iconNode as ruler2 } from '@tabler/icons-react/dist/esm/icons/IconRuler2.mjs';
import { __iconNode as school } from '@tabler/icons-react/dist/esm/icons/IconSchool.mjs';
import { __iconNode as search } from '@tabler/icons-react/dist/esm/icons/IconSearch.mjs';
import { __iconNode as send } from '@tabler/icons-react/dist/esm/icons/IconSend.mjs';
import { __iconNode as settings } from '@tabler/icons-react/dist/esm/icons/IconSettings.mjs';
import { __iconNode as shieldCheck } from '@tabler/icons-react/dist/esm/icons/IconShieldCheck.mjs';
import { __iconNode as textPlus } from '@tabler/icons-react/dist/esm/icons/IconTextPlus.mjs';
import { __iconNode as table } from '@tabler/icons-react/dist/esm/icons/IconTable.mjs';
import { __iconNode as tableOff } from '@tabler/icons-react/dist/esm/icons/IconTableOff.mjs';
import { __iconNode as trash } from '@tabler/icons-react/dist/esm/icons/IconTrash.mjs';
import { __iconNode as upload } from '@tabler/icons-react/dist/esm/icons/IconUpload.mjs';
import { __iconNode as user } from '@tabler/icons-react/dist/esm/icons/IconUser.mjs';
import { __iconNode as users } from '@tabler/icons-react/dist/esm/icons/IconUsers.mjs';
import { __iconNode as usersGroup } from '@tabler/icons-react/dist/esm/icons/IconUsersGroup.mjs';
import { __iconNode as video } from '@tabler/icons-react/dist/esm/icons/IconVideo.mjs';
import { __iconNode as wifiOff } from '@tabler/icons-react/dist/esm/icons/IconWifiOff.mjs';
import { __iconNode as x } from '@tabler/icons-react/dist/esm/icons/IconX.mjs';

type Drawing = readonly (readonly [tag: string, attributes: Record<string, string>])[];
type IconProps = Omit<SVGProps<SVGSVGElement>, 'children' | 'ref'> & { size?: number };

// A page has some thirty icons, and React spends more on each attribute of theirs than on a paragraph: the
// drawing is text made once, and what all have in common is in base.css.
function draw(drawing: Drawing, kind: string) {
  const __html = drawing
    .map(([tag, { key: _key, ...attributes }]) => {
      const written = Object.entries(attributes).map(([name, value]) => ` ${name}="${value}"`);
      return `<${tag}${written.join('')}/>`;
    })
    .join('');
  return function Icon({ size = 24, className, ...rest }: IconProps) {
    return (
      <svg
        className={className ? `${kind} ${className}` : kind}
        viewBox="0 0 24 24"
        width={size}
        height={size}
        {...rest}
        dangerouslySetInnerHTML={{ __html }}
      />
    );
  };
}
const icon = (drawing: Drawing) => draw(drawing, 'tabler-icon');
const filledIcon = (drawing: Drawing) => draw(drawing, 'tabler-icon filled');

export const IconAlertCircle = icon(alertCircle);
export const IconAlertTriangle = icon(alertTriangle);
export const IconArrowBackUp = icon(arrowBackUp);
export const IconArrowDown = icon(arrowDown);
export const IconArrowForwardUp = icon(arrowForwardUp);
export const IconArrowLeft = icon(arrowLeft);
export const IconArrowRight = icon(arrowRight);
export const IconArrowUp = icon(arrowUp);
export const IconArticle = icon(article);
export const IconBell = icon(bell);
export const IconBold = icon(bold);
export const IconBooks = icon(books);
export const IconBuilding = icon(building);
export const IconBulb = icon(bulb);
export const IconCalendar = icon(calendar);
export const IconCertificate = icon(certificate);
export const IconChartBar = icon(chartBar);
export const IconCheck = icon(check);
export const IconChevronDown = icon(chevronDown);
export const IconChevronLeft = icon(chevronLeft);
export const IconChevronRight = icon(chevronRight);
export const IconChevronUp = icon(chevronUp);
export const IconCircleCheck = icon(circleCheck);
export const IconClock = icon(clock);
export const IconCloudOff = icon(cloudOff);
export const IconCloudUpload = icon(cloudUpload);
export const IconCode = icon(code);
export const IconColumnInsertRight = icon(columnInsertRight);
export const IconCopy = icon(copy);
export const IconDots = icon(dots);
export const IconDotsVertical = icon(dotsVertical);
export const IconDownload = icon(download);
export const IconEdit = icon(edit);
export const IconExternalLink = icon(externalLink);
export const IconEye = icon(eye);
export const IconEyeOff = icon(eyeOff);
export const IconFileSpreadsheet = icon(fileSpreadsheet);
export const IconFileText = icon(fileText);
export const IconFilter = icon(filter);
export const IconGripVertical = icon(gripVertical);
export const IconH2 = icon(h2);
export const IconH3 = icon(h3);
export const IconHistory = icon(history);
export const IconHome = icon(home);
export const IconHomeFilled = filledIcon(homeFilled);
export const IconInfoCircle = icon(infoCircle);
export const IconItalic = icon(italic);
export const IconKey = icon(key);
export const IconLanguage = icon(language);
export const IconLink = icon(link);
export const IconList = icon(list);
export const IconListCheck = icon(listCheck);
export const IconListNumbers = icon(listNumbers);
export const IconLock = icon(lock);
export const IconLogout = icon(logout);
export const IconMathFunction = icon(mathFunction);
export const IconMessage = icon(message);
export const IconMessageCircle = icon(messageCircle);
export const IconMinus = icon(minus);
export const IconMovie = icon(movie);
export const IconPaperclip = icon(paperclip);
export const IconPhoto = icon(photo);
export const IconPlayerPause = icon(playerPause);
export const IconPlayerPlay = icon(playerPlay);
export const IconPlayerPlayFilled = filledIcon(playerPlayFilled);
export const IconPlus = icon(plus);
export const IconPrinter = icon(printer);
export const IconRefresh = icon(refresh);
export const IconRowInsertBottom = icon(rowInsertBottom);
export const IconRuler2 = icon(ruler2);
export const IconSchool = icon(school);
export const IconSearch = icon(search);
export const IconSend = icon(send);
export const IconSettings = icon(settings);
export const IconShieldCheck = icon(shieldCheck);
export const IconTable = icon(table);
export const IconTextPlus = icon(textPlus);
export const IconTableOff = icon(tableOff);
export const IconTrash = icon(trash);
export const IconUpload = icon(upload);
export const IconUser = icon(user);
export const IconUsers = icon(users);
export const IconUsersGroup = icon(usersGroup);
export const IconVideo = icon(video);
export const IconWifiOff = icon(wifiOff);
export const IconX = icon(x);

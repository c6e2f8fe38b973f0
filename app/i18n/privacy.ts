/** The privacy text that a person consents to at the first sign-in; a change needs a new version. */
export const privacy = {
  version: '2026-11-25',
  zh: [
    '存什么：你的姓名、登录名（手机号、用户名或工号）、所在单位、报名的班次，以及学习记录：什么时候打开了哪一节课、播放了哪一段、画面是否在前台、在场验证怎么答的、视频第一次发给你是什么时候。每次开始学习，还会记下这个浏览器的设备记号：一串随机码的摘要，看不出机型和主人，只用来发现几个账号用了同一台设备。密码只存加密后的摘要，看不到原文。登录时会记下网络地址，用来防止别人猜你的密码。',
    '不存什么：不收身份证号，不拍照，不识别人脸，不读手机里的其他内容，不向其他网站发送任何东西。',
    '为什么存：学时要经得起核对。每一秒学时都能查到它来自哪一次播放，你自己随时能看，算得不对可以找班次管理员核对。',
    '谁看得到：你自己；你所在班次的管理员和人社局的管理员。他们还会看到一份“留意”清单，比如夜里学得久、两个账号用了同一台设备；清单不扣学时，设备记号本身谁也看不到。教师看不到你的学习记录。导出名单、改动报名和角色，都会留下记录：谁、什么时候、做了什么。',
    '存多久：按培训管理的规定，学习记录至少保存 3 年，特种作业类培训至少 6 年，期满前不会因为你退班而删掉。平台不会自动删除学习记录，期满后由办班单位决定。登录记录只用于安全。还没传上来的几秒先存在你的手机里，联网后上传，传完就清掉。',
    '你可以：查看自己的学时和每一段的明细，改密码，要求更正姓名或登录名。不同意也可以，先不登录，找你的单位说一声，由他们告诉你别的办法。',
  ],
  en: [
    'What is stored: your name, your login names (phone number, user name or staff number), your organization, the classes you are enrolled in, and your study record: when you opened which lesson, which part you played, whether the page was in front, how you answered presence checks, and when a video was first sent to you. Whenever you begin to study, a mark of this browser is kept, too: the digest of a random code, which tells neither the model nor the owner and serves only to notice that several accounts used one device. Of your password only a one-way digest is kept. At sign-in your network address is noted, to stop others from guessing your password.',
    'What is not stored: no ID-card number, no photo, no face recognition, nothing else from your phone. Nothing is sent to any other site.',
    'Why: class hours have to stand up to checking. Every second can be traced to the play it came from. You can see this at any time, and if something looks wrong the manager of your class can check it with you.',
    "Who can see it: you; the managers of your class's organization and the bureau's administrators. They also see a list of what is worth a look, such as long study at night or two accounts on one device; it takes no class hours away, and the mark itself is shown to nobody. Instructors do not see your study record. Every export of a list and every change of an enrollment or a role leaves an entry: who, when, what.",
    'How long: the rules for training ask that study records are kept for at least 3 years, and for at least 6 years in training for special operations. They are not deleted earlier when you leave a class. The platform deletes no study record by itself; after that time the organization decides. Sign-in records serve security only. The seconds not yet sent wait on your phone and are cleared once they have arrived.',
    'What you can do: see your class hours and every part they are made of, change your password, ask for your name or login name to be corrected. You may also decline: do not sign in yet, and ask your organization which other way there is.',
  ],
};

/** What Word puts on the clipboard, in its own manner: styles, namespaces, lists drawn with paragraphs. */
export const FROM_WORD = `<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"
xmlns:w="urn:schemas-microsoft-com:office:word" xmlns="http://www.w3.org/TR/REC-html40">
<head><meta http-equiv=Content-Type content="text/html; charset=utf-8"><meta name=Generator content="Microsoft Word 15">
<link rel=File-List href="file:///C:/Users/wang/AppData/Local/Temp/msohtmlclip1/01/clip_filelist.xml">
<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]-->
<style><!-- p.MsoNormal, li.MsoNormal {mso-style-parent:""; margin:0cm;} @page WordSection1 {size:595.3pt 841.9pt;} --></style>
</head><body lang=ZH-CN style='tab-interval:21.0pt;word-wrap:break-word'><!--StartFragment-->
<h1><span lang=EN-US style='mso-bidi-font-size:22.0pt'>1 </span><span style='font-family:黑体'>主轴承间隙的测量<o:p></o:p></span></h1>
<p class=MsoNormal style='text-indent:21.0pt;mso-char-indent-count:2.0'><span style='font-family:宋体'>拆下主轴承盖，把塑料间隙规放在
轴颈上，按<b style='mso-bidi-font-weight:normal'>规定扭矩</b>拧紧，</span><i style='mso-bidi-font-style:normal'><span lang=EN-US>不得转动</span></i>曲轴。<span lang=EN-US><o:p></o:p></span></p>
<h2><span style='font-family:黑体'>要准备的</span></h2>
<p class=MsoListParagraph style='margin-left:21.0pt;text-indent:-21.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span lang=EN-US style='font-family:Wingdings;mso-list:Ignore'>&#61548;<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;</span></span><![endif]><span>塑料间隙规</span></p>
<p class=MsoListParagraph style='margin-left:42.0pt;text-indent:-21.0pt;mso-list:l0 level2 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>&#61550;<span>&nbsp;</span></span><![endif]>绿色，<span lang=EN-US>0.025 mm</span> 起</p>
<p class=MsoListParagraph style='margin-left:21.0pt;text-indent:-21.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>&#61548;</span><![endif]>扭力扳手</p>
<p class=MsoNormal><span lang=EN-US><o:p>&nbsp;</o:p></span></p>
<p class=MsoListParagraph style='text-indent:-21.0pt;mso-list:l1 level1 lfo2'><![if !supportLists]><span lang=EN-US style='mso-list:Ignore'>1.<span style='font:7.0pt "Times New Roman"'>&nbsp;</span></span><![endif]>擦净轴颈</p>
<p class=MsoListParagraph style='text-indent:-21.0pt;mso-list:l1 level1 lfo2'><![if !supportLists]><span lang=EN-US style='mso-list:Ignore'>2.<span>&nbsp;</span></span><![endif]>放上间隙规，见<a href="https://example.org/gb"><span lang=EN-US>GB/T 1</span></a>和<a href="#_Toc12">第二节</a></p>
<table class=MsoTableGrid border=1 cellspacing=0 cellpadding=0 style='border-collapse:collapse;mso-yfti-tbllook:1184'>
<tr style='mso-yfti-irow:0'><td width=189 colspan=2 valign=top style='width:142.0pt;padding:0cm 5.4pt'><p class=MsoNormal align=center><b><span>间隙（<span lang=EN-US>mm</span>）</span></b></p></td></tr>
<tr><td width=90><p class=MsoNormal>新</p></td><td width=99><p class=MsoNormal><span lang=EN-US>0.04<o:p></o:p></span></p></td></tr></table>
<p class=MsoNormal><!--[if gte vml 1]><v:shape id="pic"><v:imagedata src="file:///C:/clip_image001.png" o:title=""/></v:shape><![endif]--><img width=300 height=200 src="file:///C:/Users/wang/AppData/Local/Temp/msohtmlclip1/01/clip_image001.png" v:shapes="pic"></p>
<!--EndFragment--></body></html>`;

/** What an article of a WeChat account puts on the clipboard: sections within sections, sizes instead of headings. */
export const FROM_WECHAT = `<meta charset='utf-8'><div class="rich_media_content js_underline_content" id="js_content" style="visibility: visible;">
<section style="box-sizing: border-box; font-size: 16px;" data-tools="135编辑器" data-id="9107"><section style="margin: 10px auto; text-align: center;"><section style="display: inline-block; border-bottom: 2px solid rgb(30, 94, 77);"><p style="font-size: 20px; letter-spacing: 1.5px;" data-brushtype="text"><strong><span style="color: rgb(30, 94, 77);">开机前看三处</span></strong></p></section></section>
<section style="padding: 10px; line-height: 1.75em;"><p style="white-space: normal;"><span style="font-size: 15px; color: rgb(63, 63, 63); letter-spacing: 0.5px;">班前会上老师傅说：<span style="font-weight: 700;">防护门关好</span>、油位到线、<em>急停</em>弹起。</span></p><p><br></p>
<p><img class="rich_pages wxw-img" data-ratio="0.66" data-src="https://mmbiz.qpic.cn/mmbiz_jpg/abc/640?wx_fmt=jpeg" data-type="jpeg" data-w="1080" src="data:image/svg+xml,%3Csvg%3E%3C/svg%3E" alt="图片"></p>
<ul class="list-paddingleft-1" style="list-style-type: disc;"><li><p><span style="font-size: 15px;">门没关好，主轴不转</span></p></li><li><p><span style="font-size: 15px;">油位低于下线，停机加油</span></p></li></ul></section></section>
<mp-common-profile class="js_uneditable" data-nickname="某技师学院"></mp-common-profile><p style="display: none;"><mp-style-type data-value="3"></mp-style-type></p><script>track()</script></div>`;

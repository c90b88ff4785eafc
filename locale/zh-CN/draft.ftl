# 材料里由系统写出的词句：只说事实，不下结论

draft-unknown = 未知
draft-other-side = 对方
draft-role-lender = 贷款人
draft-role-collector = 催收方
draft-role-operator = App 运营者
draft-role-authority = 作出行政行为的机关
draft-respondent-unknown = 身份不详
draft-calls-itself = 对方自称“{ $name }”
draft-identity-unknown = 对方自称，其余身份信息不详
draft-asked-to-stop = 要求停止联系亲友、停止骚扰
draft-asked-to-stop-how = 要求停止，方式：{ $how }
draft-not-debtor = 本人不是该笔借款的借款人。
draft-not-debtor-nor-guarantor = 本人不是该笔借款的借款人，也没有为它提供担保。
draft-went-on = 此后仍在继续
draft-did-not-go-on = 此后没有再发生
draft-question-told_of_outsourcing = 机构是否告知已委托催收
draft-question-collector_listed = 催收机构是否在公示名单内
draft-question-lender_answer = 机构对投诉的答复
draft-question-in_court = 该笔借款是否已诉讼或仲裁
draft-credit-code = 统一社会信用代码 { $code }
draft-information-app = App 名称和版本
draft-information-operator = 运营者
draft-information-kinds = 涉及的个人信息种类
draft-information-count = 数量
draft-information-count-value = 约 { $count } 条
draft-information-obtained = 取得方式
draft-information-discovered = 发现日期
draft-information-use = 泄露或使用情况
draft-information-links = 网址
draft-decision-authority = 作出决定的机关
draft-decision-number = 文书编号
draft-decision-received = 收到（知道）日期
draft-decision-reason = 决定所说的理由
draft-decision-last = 申请期限最后一日
draft-desk-police = 公安机关
draft-outcome-refused = 没有受理
draft-purpose-notice = 证明向机关提交和收到答复的情况
draft-category = 债务催收—{ $kinds }
draft-request-offences = 依法以涉嫌{ $offences }立案侦查；罪名由公安机关依法判断
draft-repayment-wish = 协商还款方案：{ $wish }
draft-short-number = 被举报号码
draft-short-time = 时间（北京时间）
draft-short-channel = 方式
draft-short-seconds = 时长（秒）
draft-short-kinds = 类别
draft-short-said = 原话
draft-short-code = 证据号
draft-short-exhibit = （证据{ $code }）
draft-short-words = 原话：“{ $words }”
draft-short-of = 号码 { $number }，共 { $count } 次：
draft-short-lender = 被反映机构：{ $lender }　{ $place }
draft-short-lender-blank = （请填写合同上的机构全称）
draft-short-blank = （请填写）
draft-short-to-samr =
    举报人：{ $name }，电话：{ $phone }，地址：{ $address }
    请求：依法核查，属于职责范围的依法处理，并告知结果。
draft-short-to-justice =
    举报人：{ $name }，电话：{ $phone }，地址：{ $address }
    对方自称的律师姓名、执业证号、律师事务所：（请填写）
    在律师、律师事务所信息查询平台查到的结果：（请填写）
    请求：核实对方是否具有律师执业资格，依法处理并告知结果。
draft-short-to-platform =
    通知人：{ $name }，电话：{ $phone }
    侵权内容的网址或者位置：（请逐条填写）
    请求：对上述内容采取删除、屏蔽、断开链接等必要措施，并告知结果。
draft-short-to-pboc =
    投诉人：{ $name }，电话：{ $phone }，地址：{ $address }
    信用报告编号和有争议的条目：（请填写）
    机构此前的答复：{ $lender_answer }
    请求：核查并更正报送的信息，书面告知结果。
draft-short-to-mediate =
    申请人：{ $name }，电话：{ $phone }，地址：{ $address }
    争议和请求：就还款安排进行调解。本人的打算：{ $repayment_wish }
draft-short-count = 已核对的催收来电来信共 { $count } 次，涉及 { $numbers } 个号码。
draft-short-rules = 涉及规定：{ $rules }。
draft-short-rest = 另有 { $count } 次，见表格附件。

draft-title-accusation = 控告书
draft-title-police_report = 报案材料
draft-title-criminal_accusation = 刑事控告书
draft-title-criminal_report = 报案书
draft-title-regulator_report = 举报书
draft-title-local_finance_report = 投诉举报信
draft-title-lender_complaint = 投诉书
draft-title-stop_notice = 停止违规催收告知函
draft-title-personal_information_report = 个人信息投诉举报书
draft-title-non_filing_review = 不予立案复议申请书
draft-title-administrative_reconsideration = 行政复议申请书
draft-title-filing_supervision = 立案监督申请书
draft-complainant-accusation = 控告人
draft-complainant-police_report = 报案人
draft-complainant-criminal_accusation = 控告人
draft-complainant-criminal_report = 报案人
draft-complainant-regulator_report = 举报人
draft-complainant-local_finance_report = 投诉举报人
draft-complainant-lender_complaint = 投诉人
draft-complainant-stop_notice = 发函人
draft-complainant-personal_information_report = 投诉举报人
draft-complainant-non_filing_review = 申请人
draft-complainant-administrative_reconsideration = 申请人
draft-complainant-filing_supervision = 申请人
draft-respondent-accusation = 被控告人
draft-respondent-police_report = 被反映人
draft-respondent-criminal_accusation = 被控告人
draft-respondent-criminal_report = 被反映人
draft-respondent-regulator_report = 被举报人
draft-respondent-local_finance_report = 被投诉举报机构
draft-respondent-lender_complaint = 被投诉机构
draft-respondent-stop_notice = 收函机构
draft-respondent-personal_information_report = 被投诉举报人
draft-respondent-non_filing_review = 被控告人
draft-respondent-administrative_reconsideration = 被申请人
draft-respondent-filing_supervision = 被控告人

draft-whom-self = 本人
draft-whom-third = 第三人
draft-alias = 第三人{ $letter }
draft-see-words = 见原话
draft-told-of-debt = 是（见原话）
draft-relation-other = 亲友或同事
draft-channel-sms = 短信
draft-channel-mms = 彩信
draft-channel-call = 来电
draft-channel-call-out = 去电
draft-channel-chat = 聊天
draft-channel-recording = 通话录音
draft-channel-image = 图片
draft-channel-message = 信息
draft-direction-in = 收到
draft-direction-out = 发出
draft-direction-missed = 未接
draft-direction-rejected = 拒接
draft-direction-blocked = 已拦截
draft-direction-voicemail = 留言
draft-direction-none = 未知
draft-call-unanswered = （未接通）
draft-call-lasted = （通话 { $seconds } 秒）

draft-place-line = 第 { $a } 行
draft-place-row = 第 { $a } 条
draft-place-table = 表 { $a }
draft-place-bytes = 第 { $a }–{ $b } 字节
draft-place-seconds = { $a }–{ $b } 秒
draft-place-box = 图中位置（{ $a }, { $b }）
draft-place-member = 文件 { $a }

draft-kind-call_recording = 通话录音
draft-kind-chat_screenshot = 聊天截图
draft-kind-message_export = 短信和通话记录导出
draft-kind-screen_recording = 录屏
draft-kind-document = 文件
draft-kind-other = 其他文件
draft-class-call_recording = 电子数据（录音）
draft-class-chat_screenshot = 电子数据（聊天记录截图）
draft-class-message_export = 电子数据（短信、通话记录）
draft-class-screen_recording = 电子数据（录屏）
draft-class-document = 电子数据（文档）
draft-class-other = 电子数据
draft-class-told = 第三人书面说明（电子数据）
draft-source-own_call = 本人参与的通话
draft-source-received = 本人收到
draft-source-third_party_voluntary = 第三人自愿提供
draft-source-other = 其他
draft-kept-by-complainant = 原始载体由提供人保管，可当场出示
draft-kept-by-witness = 原始载体由该第三人保管
draft-told-statement = 第三人情况说明
draft-told-consent = 第三人同意书
draft-told-terms = 同意的内容
draft-told-written = 写下的时间（系统时钟）
draft-purpose-told = 证明第三人被联系的情况，为其本人所写
draft-erased = 曾列为证据 { $code } 的第三人材料已于 { $day }删除，不再提供。
draft-name-records = 导出记录摘录（{ $count } 条）
draft-import-part = 原导出文件共 { $all } 条，提交人只读取了其中 { $kept } 条，其余没有读取
draft-import-days = 首尾之间有 { $count } 天没有内容，不等于有人删去
draft-import-truncated = 导出文件可能在中途断开，或条数与其自己所写不符
draft-import-join = ；
draft-records-note = 只交出与本件有关的记录，其余未交付：{ $reason }
draft-records-beside = 导出件已全部交付；此处列出正文引用的记录。
draft-records-withheld = 未交付的其他记录 { $count } 条：{ $reason }
draft-redacted-places = 遮盖副本：已永久移除 { $count } 处
draft-redacted-first = 原文件含 { $count } 幅画面，副本只保留第一幅
draft-redacted-spans = 遮盖副本：{ $count } 处声音已永久移除，共 { $seconds } 秒，以提示音代替
draft-redacted-sound = 本件的摘要值是遮盖副本的，不是原录音的；原录音未随件交出，其摘要值不出现，只以加盐承诺值指明，可由指定的鉴定人核对
draft-edited-covered = 已遮盖 { $count } 处（原声已移除，代以提示音）：{ $spans }；其余部分未作改动，重新编码
draft-covered-untold = 记在原文件名里的，不随遮盖副本列出
draft-span = { $first } 至 { $last }
draft-covered = 已遮盖
draft-covered-line = （{ $first } 至 { $last } 的声音已遮盖）
draft-purpose-background = 说明本件背景
draft-purpose-one = 证明 { $first } 号码 { $number } 的内容
draft-purpose-many = 证明自 { $first } 起的 { $count } 条记录的内容
draft-page-alt = 证据 { $code } 的图像，内容见事实部分引述
draft-page-alt-redacted = 证据 { $code } 遮盖副本的图像

draft-conduct-once = { $first }，号码 { $numbers }，共 { $count } 次
draft-conduct-often = { $first } 至 { $last }，号码 { $numbers }，共 { $count } 次
draft-statistics-note = 按北京时间统计；只统计所附证据里有时间的记录；缺少记录的日子没有计入，不代表没有发生。
draft-citations-note = 条款按行为当日有效的文本列出（法规数据版本 { $version }）。是否成立由受理机关依法判断。
draft-attachment-identity = 身份证复印件
draft-attachment-authority = 授权委托书及双方身份证复印件

draft-figure-contacts = 联系总次数
draft-figure-contacts-value = { $count } 次
draft-figure-contacts-method = 对方各号码的来电和来信逐条相加
draft-figure-calls = 其中来电
draft-figure-calls-value = { $count } 次
draft-figure-calls-method = 接通和未接通都计入
draft-figure-answered = 其中接通
draft-figure-answered-value = { $count } 次
draft-figure-answered-method = 通话时长大于 0 秒
draft-figure-messages = 其中信息
draft-figure-messages-value = { $count } 条
draft-figure-messages-method = 短信、彩信和聊天逐条相加
draft-figure-night = 22:00 至次日 8:00
draft-figure-night-value = { $count } 次
draft-figure-night-method = 22:00:00 起、8:00:00 前，北京时间
draft-figure-numbers = 涉及号码
draft-figure-numbers-value = { $count } 个
draft-figure-numbers-method = 相同号码只计一次
draft-figure-period = 起止日期
draft-figure-period-value = { $first } 至 { $last }
draft-figure-period-method = 最早和最晚一条记录
draft-figure-run = 连续有联系的天数
draft-figure-run-value = 最长 { $count } 天
draft-figure-run-method = 按北京时间自然日，一日之内至少一次来电或来信
draft-figure-missing = 期间没有来电来信记录的天数
draft-figure-missing-value = { $count } 天
draft-figure-missing-method = 起止日期之间所附证据中没有对方来电来信的日子；记录可能不全，不表示没有联系
draft-figure-busiest = 来电最多的一天
draft-figure-busiest-value = { $count } 次
draft-figure-busiest-method = 按北京时间自然日，对方各号码合并，接通和未接通都计入

draft-picture-heat_strip = 按日期和钟点的联系
draft-picture-heat_strip-alt = 每格是一天中的一小时，颜色越深次数越多；22 点到 8 点有底纹
draft-picture-calls_per_day = 每日来电次数
draft-picture-calls_per_day-alt = 每根柱是一天的来电次数
draft-picture-numbers_by_days = 号码与日期
draft-picture-numbers_by_days-alt = 每行一个号码，每格是当天的次数
draft-picture-contact_map = 被联系的其他人
draft-picture-contact_map-alt = 左边是催收方，右边每个点是一位被联系的第三人，线越粗次数越多；姓名已遮住
draft-picture-caption = 规则版本 { $version }，北京时间
draft-pattern = 超过规则界限的统计
draft-pattern-method = { $reason }规则 { $rule } 第 { $version } 版。
draft-pattern-counting = 计数方法：{ $counting }
draft-pattern-value = { $count } 条记录
draft-no-rule = 请机关依法认定

draft-speaker-other = 对方
draft-speaker-self = 本人
draft-speaker-unknown = 未能辨明
draft-speaker-written = { $who }（补写）
draft-transcript-beside = 另有 { $count } 段由听录音的人补写，已标明。
draft-transcript-covered = 另有 { $count } 段触及遮盖处，不列出、不引用。
draft-transcript-written = 没有软件草稿；{ $count } 段由听录音的人自己写下，已标明（补写）。
draft-transcript-self = 软件生成草稿，由本人逐段听录音确认 { $count } 段（其中改正 { $corrected } 段）；草稿其余 { $left } 段未经确认，不列出、不引用。
draft-transcript-others = 软件生成草稿，由听录音的人逐段确认 { $count } 段（其中改正 { $corrected } 段）；草稿其余 { $left } 段未经确认，不列出、不引用。

# How a number is known to be the other side's: the person's words, then the texts'.
draft-tie-person = 本人说明：{ $words }
draft-tie-texts = 材料显示：{ $words }
draft-tie-conflict = 材料里还出现另外的名称：{ $names }

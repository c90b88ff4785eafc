# 读取文件：原因、提醒、名称。

reading_failed = 读取程序无法处理这个文件
    .detail = 原文件没有改变，仍作为证据保存。
reading_differs = 再次读取的结果与第一次不同，没有改动任何内容
reading_damaged = 文件已损坏或不完整
    .detail = 原文件仍作为证据保存。可以的话，请从手机上重新导出一次。
reading_encrypted = 文件加了密码
    .detail = 我们不会要求密码。请导出一份不加密的文件。
reading_truncated_picture = 图片不完整
    .detail = 图片的数据没有到结尾。请从手机相册重新选择原图。
reading_unplayable = 录音无法播放
    .detail = 录音软件可能被中途关闭。原文件仍作为证据保存。
reading_unsupported = 这种压缩格式不能打开
    .detail = 请解压后直接上传里面的文件，或改用 ZIP。
reading_refused = 为安全起见没有读取这个文件
    .detail = 原文件没有改变。
reading_xml_entities = 文件里有不允许的声明（DOCTYPE）
    .detail = 真实的短信备份没有这种内容。请从手机上重新导出。
reading_archive_bomb = 压缩包解开后过大
    .detail = 这种压缩包可能是恶意的，没有读取。
reading_archive_nested = 压缩包套得太深
    .detail = 最多两层。请解压后上传里面的文件。
reading_path_traversal = 压缩包里有指向外部的文件名
    .detail = 这种压缩包可能是恶意的，没有读取。
reading_picture_bomb = 图片的像素过多
    .detail = 最多一亿像素。
reading_over_limit = 超过了读取的上限
    .detail = 上限：{ $limit }，最多 { $allowed }。

# 提醒

warning-file_truncated = 文件在中间断开，只读取了完整的部分
warning-count_differs = 文件自己写的条数与实际不符
warning-duplicate_record = 备份重叠，同一条只算一次
warning-malformed_markup_skipped = 有几处写法不合规范，已跳过
warning-surrogate_references_joined = 表情符号被拆成两半，已合并
warning-lone_surrogate_replaced = 有残缺的字符，已用 � 代替
warning-forbidden_characters_removed = 有不允许的控制字符，已去掉
warning-invalid_bytes_replaced = 有无法解码的字节，已用 � 代替
warning-unknown_reference_kept = 有不认识的字符引用，照原样保留
warning-text_cut = 文字过长，只显示前一部分
warning-no_text = 这一条没有正文
warning-unknown_type = 文件没有说清是收还是发
warning-answered_elsewhere = 在另一台设备上接听
warning-mms_not_downloaded = 彩信没有下载，只有通知
warning-attachment_damaged = 附件的数据已损坏
warning-time_out_of_range = 时间不合理，没有采用
warning-readable_date_differs = 文件里的两个时间不一致
warning-time_from_tag = 时间来自文件内的标记，可能是手机当地时间
warning-tag_time_differs = 文件名与文件内标记的时间不一致
warning-time_of_separator = 时间来自上方的时间条，消息不早于此
warning-time_needs_capture_date = 截图里的时间没有日期，且不知道截图日期
warning-side_unknown = 看不出是谁说的
warning-bubble_cut = 这条消息在截图边缘被截断，只看得到一部分
warning-time_day_not_seen = 消息里有钟点，但截图里看不到是哪一天
warning-capture_clock_differs = 文件名里的时间与截图状态栏的时间不一致，没有用它推算日期
warning-film_not_read = 未能读取这段录屏的画面；声音和文件本身不受影响
warning-film_damaged_frames = 这段录屏有部分画面已损坏
warning-film_looked_at_thinly = 录屏较长，从此处起只看了较少的画面
warning-film_read_in_part = 录屏只读到这一秒；其余部分可另录一段较短的
warning-message_perhaps_twice = 这条消息可能与本录屏中的另一条是同一条
warning-parts_skipped = 彩信的内容没有读取
warning-time_without_year = 时间没有年份，文件也没有写明期间
warning-number_lost_in_spreadsheet = 号码在表格软件中丢失了尾数
warning-malformed_row_skipped = 有几行不合格式，已跳过
warning-not_playable = 不能播放
warning-damaged_frames = 录音中有损坏的片段
warning-database_damaged = 数据库有几处损坏，能读的都在这里
warning-database_log_absent = 数据库没有和它的日志文件一起复制，最新的几条可能不在其中；旁边如有以 -wal 结尾的文件，请把两个一起放进一个 ZIP
warning-database_log_foreign = 旁边的日志文件不属于这个数据库，没有采用
warning-database_rolled_back = 手机没有写完的改动已按手机自己的办法退回
warning-member_encrypted = 压缩包里的这个文件有密码，没有读取
warning-member_unreadable = 压缩包里的这个文件已损坏或内容不符，没有读取
warning-database_log_alone = 这只是手机数据库的日志；请把同名的数据库（名字里没有 -wal 的那个）和它一起带来
warning-backup_not_opened = 这种手机自带的备份这里打不开，请用能导出 XML 或 CSV 的应用导出短信和通话
warning-message_retracted = 发送人撤回了这条消息
warning-message_edited = 这条消息发出后改过
warning-media_omitted = 导出时略去了图片、语音或文件
warning-message_deleted = 这条消息已被删除
warning-message_unsupported = 这条消息的内容，导出它的程序不支持
warning-colour_differs = 这一条的颜色与同一人的其他消息相反，收发按其他消息判断
warning-date_order_open = 日期里的日和月哪个在前无法判断，请看原文件
warning-time_absent = 文件没有写这一条的时间
warning-format_unverified = 这种格式的资料不多，请与原文件对照

# 图片质量

quality-too_small = 图片太小
quality-blank = 图片是空白的
quality-very_dark = 图片很暗
quality-animated = 动图，只看第一帧
quality-no_capture_time = 不知道拍摄或截图时间
quality-no_date = 看不到日期。可以往上翻到有日期的地方，再补一张截图，一起上传
quality-no_name_bar = 看不到对方的名字。可以补一张带聊天标题栏的截图
quality-message_cut = 有消息在边缘被截断。可以稍微滚动一下，再补一张
quality-small_letters = 字太小，可能不是原图。请尽量选择原图
quality-hard_to_read = 有些字看不清，识别可能有误，请对照原图
quality-capture_differs = 文件名里的时间像是另存的时间。如果手机里还有原截图，请上传原截图

# 记录的种类

record-sms = 短信
record-mms = 彩信
record-call = 通话
record-chat = 聊天消息
record-system = 系统提示
record-reaction = 表情回应
record-attachment = 附件
record-image = 图片
record-recording = 录音

# 方向

direction-in = 收到
direction-out = 发出
direction-missed = 未接
direction-rejected = 拒接
direction-blocked = 已拦截
direction-voicemail = 语音信箱
direction-forwarded = 呼叫转移
direction-draft = 草稿，没有发出
direction-outbox = 待发，没有发出
direction-queued = 排队中，没有发出
direction-failed = 发送失败
direction-system = 系统
direction-none = 方向不明

# 时间从何而来

zone-epoch = 文件中的绝对时间
zone-offset = 文件中写明了时区
zone-assumed = 按北京时间理解
zone-tag = 文件内的标记
zone-none = 没有时间

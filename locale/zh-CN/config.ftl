# 与具体业务无关的拒绝说明。键即错误代码，永不改变。

body_unreadable = 请求内容无法读取
    .detail = 发送的内容不是有效的 JSON 或表单。
invalid_input = 填写有误
    .detail = 请看 errors 中逐项说明。
bad_request = 请求无法处理
not_signed_in = 请先登录
    .detail = 登录已失效，或尚未登录。
not_allowed = 没有权限
csrf_failed = 页面已过期，请刷新后重试
    .detail = 请求缺少防伪令牌，没有执行任何操作。
not_found = 没有找到
    .detail = 地址有误，或内容不属于您的账号。
method_not_allowed = 此地址不支持这种操作
not_acceptable = 无法提供所要求的格式
body_too_large = 内容过大
media_type_unsupported = 不支持的内容类型
too_many_requests = 操作过于频繁
    .detail = 请稍后再试。
internal_error = 服务器出错了
    .detail = 没有保存不完整的内容。请把事件编号告诉运行者。
try_again = 服务器正忙
    .detail = 没有保存任何内容，请几秒后重试。
evidence_error = 证据无法处理

screen-client-missing-title = 手机端尚未构建
screen-client-missing-text = 请在服务器上运行 make client，然后刷新本页。接口 /api/ 可照常使用。

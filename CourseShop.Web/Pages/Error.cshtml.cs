using CourseShop.Common;
using CourseShop.Data;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace CourseShop.Pages;

/// <summary>One page for whatever could not be done: what happened, then the way out.</summary>
public sealed class ErrorModel(IStringLocalizer<Words> words) : PageModel
{
    public int Code { get; private set; }
    public string Mark { get; private set; } = "";
    public string Title { get; private set; } = "";
    public string Way { get; private set; } = "";

    public void OnGet(int code)
    {
        var isBusy = HttpContext.Features.Get<IExceptionHandlerFeature>()?.Error is ShopBusyException;
        Code = isBusy ? StatusCodes.Status503ServiceUnavailable : code is >= 400 and < 600 ? code : StatusCodes.Status404NotFound;
        Response.StatusCode = Code;
        (Mark, Title, Way) = Code switch
        {
            StatusCodes.Status403Forbidden => ("止", words["您没有权限看这一页"], words["换个账户登录，或者联系管理员。"]),
            StatusCodes.Status404NotFound => ("寻", words["没有找到这一页"], words["地址可能写错了，或者页面已经搬走。"]),
            StatusCodes.Status405MethodNotAllowed => ("止", words["这个地址不接受这样的请求"], words["请从页面上的按钮和链接进来。"]),
            StatusCodes.Status413PayloadTooLarge => ("满", words["提交的内容太大了"], words["请减少一些，再试一次。"]),
            StatusCodes.Status429TooManyRequests => ("缓", words["您操作得太快了"], words["请稍等一会儿，再试一次。"]),
            StatusCodes.Status503ServiceUnavailable => ("歇", words["暂时忙不过来"], words["请稍等一会儿，再试一次。付款和订单不受影响。"]),
            >= 500 => ("歇", words["出了点问题，我们已经记下了"],
                words["刚才的操作可能没有完成。付款和订单不受影响，请到“我的订单”里看结果。编号 {0}。", HttpContext.TraceIdentifier]),
            _ => ("误", words["这个请求我们没有看懂"], words["页面可能放得太久了。请返回上一页，刷新后再试一次。"]),
        };
    }
}

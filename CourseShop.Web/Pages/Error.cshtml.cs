using CourseShop.Common;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace CourseShop.Pages;

[IgnoreAntiforgeryToken]
public sealed class ErrorModel(IStringLocalizer<Words> words) : PageModel
{
    public string Title { get; private set; } = "";
    public string Way { get; private set; } = "";

    public void OnGet(int code) => Explain(code);

    public void OnPost(int code) => Explain(code);

    private void Explain(int code)
    {
        Response.StatusCode = code is >= 400 and < 600 ? code : StatusCodes.Status404NotFound;
        Title = words["没有找到这个页面"];
        Way = words["换个关键词搜搜看"];
    }
}

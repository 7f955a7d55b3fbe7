using CourseShop.Data;
using Microsoft.AspNetCore.Diagnostics;

namespace CourseShop.Operations;

public static class ErrorPages
{
    /// <summary>Whatever fails further in is answered with a page of ours. That page is asked for plainly, however the failed request was sent.</summary>
    public static void UseErrorPages(this WebApplication app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandlingPath = "/error/500",
            StatusCodeSelector = failure => failure is ShopBusyException ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status500InternalServerError,
        });
        app.UseStatusCodePagesWithReExecute("/error/{0}");
        app.Use((context, next) =>
        {
            var isAskedAgain = context.Features.Get<IStatusCodeReExecuteFeature>() is not null || context.Features.Get<IExceptionHandlerFeature>() is not null;
            if (isAskedAgain && !HttpMethods.IsHead(context.Request.Method))
            {
                context.Request.Method = HttpMethods.Get;
                context.Request.ContentType = null;
            }

            return next(context);
        });
    }

    /// <summary>What no address of the shop is: by a delegate of the plain kind, since the one that is generated for others takes no path with a dot.</summary>
    public static Task NothingHere(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }
}

using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace CourseShop.Pages;

/// <summary>A page answers what it has a handler for, and a form that can be read; anything else is refused as what it is, not as a failure of ours.</summary>
public sealed class PageGuard : IAsyncAuthorizationFilter, IPageFilter, IOrderedFilter
{
    /// <summary>After a page's own limits (900), before antiforgery reads the form (1000).</summary>
    public int Order => 950;

    public async Task OnAuthorizationAsync(AuthorizationFilterContext context)
    {
        var request = context.HttpContext.Request;
        if (request.HasFormContentType && await WhyUnreadableAsync(request, context.HttpContext.RequestAborted) is { } status)
            context.Result = new StatusCodeResult(status);
    }

    public void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        if (context.HandlerMethod is null && HttpMethods.IsPost(context.HttpContext.Request.Method))
            context.Result = new StatusCodeResult(StatusCodes.Status405MethodNotAllowed);
    }

    public void OnPageHandlerSelected(PageHandlerSelectedContext context)
    {
    }

    public void OnPageHandlerExecuted(PageHandlerExecutedContext context)
    {
    }

    private static async Task<int?> WhyUnreadableAsync(HttpRequest request, CancellationToken stop)
    {
        try
        {
            await request.ReadFormAsync(stop);
            return null;
        }
        catch (BadHttpRequestException refused)
        {
            return refused.StatusCode;
        }
        catch (NotSupportedException) // a part in an encoding that nobody should use
        {
            return StatusCodes.Status415UnsupportedMediaType;
        }
        catch (Exception broken) when (broken is InvalidDataException or IOException)
        {
            return StatusCodes.Status400BadRequest;
        }
    }
}

using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace CourseShop.AlipaySimulator;

/// <summary>A page that is not there where the simulator is not: in Production, and in Development with the real Alipay.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class SimulatorOnlyAttribute : Attribute, IResourceFilter
{
    /// <inheritdoc />
    public void OnResourceExecuting(ResourceExecutingContext context)
    {
        if (context.HttpContext.RequestServices.GetService<SimulatorStore>() is null)
            context.Result = new NotFoundResult();
    }

    /// <inheritdoc />
    public void OnResourceExecuted(ResourceExecutedContext context)
    {
    }
}

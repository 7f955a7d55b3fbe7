using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.AspNetCore.Routing.Matching;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CourseShop.Pages;

/// <summary>
/// A page's handlers, fields and policies are read when somebody first asks for it: to read those of all pages before the first answer would take
/// a quarter of the start. Until then the shop knows its address only, and what stands for it in the routes is exchanged here before anything else looks at it.
/// </summary>
internal sealed class PagesWhenAsked(PageLoader pages) : MatcherPolicy, IEndpointSelectorPolicy
{
    public override int Order => int.MinValue + 100; // before whoever chooses by what only the whole page tells

    public bool AppliesToEndpoints(IReadOnlyList<Endpoint> endpoints) => endpoints.Any(endpoint => endpoint.Metadata.GetMetadata<PageActionDescriptor>() is { } page and not CompiledPageActionDescriptor);

    public async Task ApplyAsync(HttpContext httpContext, CandidateSet candidates)
    {
        for (var i = 0; i < candidates.Count; i++)
        {
            if (candidates.IsValidCandidate(i) && candidates[i].Endpoint is { } endpoint && endpoint.Metadata.GetMetadata<PageActionDescriptor>() is { } page)
                candidates.ReplaceEndpoint(i, (await pages.LoadAsync(page, endpoint.Metadata)).Endpoint, candidates[i].Values);
        }
    }

    public static void Use(IMvcBuilder mvc)
    {
        var services = mvc.Services;
        services.Remove(services.Single(service => service.ServiceType == typeof(IActionDescriptorProvider) && service.ImplementationType == typeof(CompiledPageActionDescriptorProvider)));
        services.TryAddEnumerable(ServiceDescriptor.Transient<IActionDescriptorProvider, PageActionDescriptorProvider>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<MatcherPolicy, PagesWhenAsked>());
        mvc.ConfigureApplicationPartManager(parts => parts.FeatureProviders.Remove(parts.FeatureProviders.OfType<ControllerFeatureProvider>().Single())); // no type of the shop is a controller: none is looked at
    }
}

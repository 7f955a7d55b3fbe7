using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;

namespace CourseShop.Tests.Support;

/// <summary>A handler of a page, and the names of what it takes.</summary>
public sealed record PageHandler(string Method, string Name, IReadOnlyList<string> Fields);

/// <summary>An address of the shop, found by asking the shop itself: a page that is new tomorrow is tried tomorrow.</summary>
/// <param name="Pattern">Such as <c>/orders/{number}/pay</c>.</param>
/// <param name="Page">Which page answers; null for an endpoint that is none.</param>
public sealed partial record Route(string Pattern, string? Page, bool IsAnonymous, IReadOnlyList<string> Methods, IReadOnlyList<PageHandler> Handlers)
{
    /// <summary>What the pages read from the query by themselves.</summary>
    private static readonly string[] ReadByHand = ["category", "level", "price", "sort", "campaign", "q", "page", "handler", "after", "state"];

    /// <summary>What looks for new files in wwwroot while one develops.</summary>
    private const string DevelopmentFiles = "{**path:file}";

    public string Name => Page ?? Pattern;

    public bool HasParameters => Pattern.Contains('{', StringComparison.Ordinal);

    public IReadOnlyList<string> QueryKeys => [.. Handlers.Where(handler => handler.Method == "GET").SelectMany(handler => handler.Fields).Concat(Page is null ? ["back", "language", "theme"] : ReadByHand).Distinct(StringComparer.Ordinal)];

    /// <summary>The address with its parts filled in.</summary>
    public string Fill(Func<string, string> value) => Parameter().Replace(Pattern, match => value(match.Groups["name"].Value));

    public static async Task<IReadOnlyList<Route>> OfAsync(ShopHost shop)
    {
        var loader = shop.Service<PageLoader>();
        var routes = new List<Route>();
        foreach (var endpoint in shop.Service<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Where(endpoint => endpoint.Metadata.GetMetadata<StaticAssetDescriptor>() is null && endpoint.RoutePattern.RawText != DevelopmentFiles))
        {
            var page = endpoint.Metadata.GetMetadata<PageActionDescriptor>();
            var compiled = page is null ? null : await loader.LoadAsync(page, endpoint.Metadata); // as the first who asks for it would
            var handlers = compiled?.HandlerMethods?.Select(handler => new PageHandler(handler.HttpMethod.ToUpperInvariant(), handler.Name ?? "",
                [.. handler.Parameters.SelectMany(parameter => Fields(parameter.Name, parameter.ParameterType)).Concat(compiled.BoundProperties.Select(property => property.BindingInfo?.BinderModelName ?? property.Name))])).ToList();
            routes.Add(new Route("/" + endpoint.RoutePattern.RawText!.TrimStart('/'), page?.ViewEnginePath, (compiled?.Endpoint ?? endpoint).Metadata.GetMetadata<IAllowAnonymous>() is not null,
                endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.ToList() ?? [], handlers ?? []));
        }

        return routes;
    }

    private static IEnumerable<string> Fields(string name, Type type)
    {
        if (type == typeof(CancellationToken))
            return [];
        return type.Namespace?.StartsWith(nameof(CourseShop), StringComparison.Ordinal) == true && !type.IsEnum
            ? type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.SetMethod is not null).Select(property => property.Name)
            : [name];
    }

    [GeneratedRegex(@"\{\**(?<name>\w+)[^}]*\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Parameter();
}

namespace CourseShop.Publishing;

public static class PublishingModule
{
    public static IServiceCollection AddPublishing(this IServiceCollection services)
    {
        services.AddOptions<PublishingOptions>().BindConfiguration("Publishing")
            .Validate(publishing => publishing.PictureMegabytesPerAuthor >= 0, "Publishing:PictureMegabytesPerAuthor must not be negative.")
            .Validate(publishing => publishing.CommentsPerMinute > 0, "Publishing:CommentsPerMinute must be at least 1.")
            .ValidateOnStart();
        services.AddSingleton<PictureStore>();
        services.AddScoped<SaveArticle>().AddScoped<PublishArticle>().AddScoped<WithdrawArticle>().AddScoped<DiscardDraft>().AddScoped<TellFollowers>();
        services.AddScoped<LikeArticle>().AddScoped<FollowAuthor>().AddScoped<LeaveComment>().AddScoped<CountRead>().AddScoped<SaveAuthorCard>().AddScoped<UploadPicture>();
        services.AddScoped<ModerateArticle>().AddScoped<ModerateComment>().AddScoped<TidyPublishing>();
        services.AddHostedService<PublishingSweeper>();
        return services;
    }

    public static void MapPublishing(this IEndpointRouteBuilder app)
    {
        app.MapPictures();
        app.MapArticleFeeds();
    }
}

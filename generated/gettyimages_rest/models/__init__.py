"""The models of the API: what its responses contain and what its requests are made of."""

from __future__ import annotations

import typing
from importlib import import_module as _import_module

if typing.TYPE_CHECKING:
    from .acquire_asset_licenses_request import (
        AcquireAssetLicensesRequest as AcquireAssetLicensesRequest,
    )
    from .add_board_assets_result import AddBoardAssetsResult as AddBoardAssetsResult
    from .age_of_people_filter_type import AgeOfPeopleFilterType as AgeOfPeopleFilterType
    from .allowed_use import AllowedUse as AllowedUse
    from .artist import Artist as Artist
    from .artists_image_search_field_values import (
        ArtistsImageSearchFieldValues as ArtistsImageSearchFieldValues,
    )
    from .artists_video_search_field_values import (
        ArtistsVideoSearchFieldValues as ArtistsVideoSearchFieldValues,
    )
    from .asset import Asset as Asset
    from .asset_download_history_results import (
        AssetDownloadHistoryResults as AssetDownloadHistoryResults,
    )
    from .asset_id_from_order import AssetIdFromOrder as AssetIdFromOrder
    from .asset_license_name import AssetLicenseName as AssetLicenseName
    from .asset_licensing_response import AssetLicensingResponse as AssetLicensingResponse
    from .asset_lifecycle import AssetLifecycle as AssetLifecycle
    from .asset_registration_request import AssetRegistrationRequest as AssetRegistrationRequest
    from .asset_type import AssetType as AssetType
    from .asset_usage import AssetUsage as AssetUsage
    from .associated_video_detail_field_values import (
        AssociatedVideoDetailFieldValues as AssociatedVideoDetailFieldValues,
    )
    from .auto_corrections import AutoCorrections as AutoCorrections
    from .blended_image_sort_order import BlendedImageSortOrder as BlendedImageSortOrder
    from .board_asset import BoardAsset as BoardAsset
    from .board_comment_permissions import BoardCommentPermissions as BoardCommentPermissions
    from .board_created import BoardCreated as BoardCreated
    from .board_detail import BoardDetail as BoardDetail
    from .board_info import BoardInfo as BoardInfo
    from .board_list import BoardList as BoardList
    from .board_list_board import BoardListBoard as BoardListBoard
    from .board_permissions import BoardPermissions as BoardPermissions
    from .board_relationship import BoardRelationship as BoardRelationship
    from .board_sort_order import BoardSortOrder as BoardSortOrder
    from .change_set import ChangeSet as ChangeSet
    from .changed_asset import ChangedAsset as ChangedAsset
    from .channel import Channel as Channel
    from .collaborator import Collaborator as Collaborator
    from .collection import Collection as Collection
    from .collections_filter_type import CollectionsFilterType as CollectionsFilterType
    from .collections_list import CollectionsList as CollectionsList
    from .comment import Comment as Comment
    from .comment_created import CommentCreated as CommentCreated
    from .comment_permissions import CommentPermissions as CommentPermissions
    from .comment_request import CommentRequest as CommentRequest
    from .comments_list import CommentsList as CommentsList
    from .compositions_filter_type import CompositionsFilterType as CompositionsFilterType
    from .countries_list import CountriesList as CountriesList
    from .country import Country as Country
    from .create_image_search_facets_fields import (
        CreateImageSearchFacetsFields as CreateImageSearchFacetsFields,
    )
    from .create_video_search_facets_fields import (
        CreateVideoSearchFacetsFields as CreateVideoSearchFacetsFields,
    )
    from .creative_image_search_results import (
        CreativeImageSearchResults as CreativeImageSearchResults,
    )
    from .creative_image_sort_order import CreativeImageSortOrder as CreativeImageSortOrder
    from .creative_images_field_values import CreativeImagesFieldValues as CreativeImagesFieldValues
    from .creative_video_search_item import CreativeVideoSearchItem as CreativeVideoSearchItem
    from .creative_video_search_results import (
        CreativeVideoSearchResults as CreativeVideoSearchResults,
    )
    from .creative_video_sort_order import CreativeVideoSortOrder as CreativeVideoSortOrder
    from .creative_videos_field_values import CreativeVideosFieldValues as CreativeVideosFieldValues
    from .customer_info_response import CustomerInfoResponse as CustomerInfoResponse
    from .display_size import DisplaySize as DisplaySize
    from .download import Download as Download
    from .download_details import DownloadDetails as DownloadDetails
    from .download_dimensions import DownloadDimensions as DownloadDimensions
    from .download_history_page import DownloadHistoryPage as DownloadHistoryPage
    from .download_record import DownloadRecord as DownloadRecord
    from .download_requirements import DownloadRequirements as DownloadRequirements
    from .download_uri import DownloadUri as DownloadUri
    from .download_user import DownloadUser as DownloadUser
    from .editorial_graphical_style import EditorialGraphicalStyle as EditorialGraphicalStyle
    from .editorial_image_search_facets_fields import (
        EditorialImageSearchFacetsFields as EditorialImageSearchFacetsFields,
    )
    from .editorial_image_search_results import (
        EditorialImageSearchResults as EditorialImageSearchResults,
    )
    from .editorial_images_field_values import (
        EditorialImagesFieldValues as EditorialImagesFieldValues,
    )
    from .editorial_segment_contract import EditorialSegmentContract as EditorialSegmentContract
    from .editorial_source import EditorialSource as EditorialSource
    from .editorial_video_search_facets_fields import (
        EditorialVideoSearchFacetsFields as EditorialVideoSearchFacetsFields,
    )
    from .editorial_video_search_item import EditorialVideoSearchItem as EditorialVideoSearchItem
    from .editorial_video_search_results import (
        EditorialVideoSearchResults as EditorialVideoSearchResults,
    )
    from .editorial_video_type import EditorialVideoType as EditorialVideoType
    from .editorial_videos_field_values import (
        EditorialVideosFieldValues as EditorialVideosFieldValues,
    )
    from .entertainment import Entertainment as Entertainment
    from .error import Error as Error
    from .ethnicity_filter_type import EthnicityFilterType as EthnicityFilterType
    from .event import Event as Event
    from .event_detail_field_values import EventDetailFieldValues as EventDetailFieldValues
    from .event_field_values import EventFieldValues as EventFieldValues
    from .event_search_sort_order import EventSearchSortOrder as EventSearchSortOrder
    from .events_search_result import EventsSearchResult as EventsSearchResult
    from .extended_licenses import ExtendedLicenses as ExtendedLicenses
    from .facet_event import FacetEvent as FacetEvent
    from .graphical_style import GraphicalStyle as GraphicalStyle
    from .graphical_styles_filter_type import GraphicalStylesFilterType as GraphicalStylesFilterType
    from .hero_image import HeroImage as HeroImage
    from .hero_image_display_size import HeroImageDisplaySize as HeroImageDisplaySize
    from .i_stock_license import IStockLicense as IStockLicense
    from .image_detail_field_values import ImageDetailFieldValues as ImageDetailFieldValues
    from .image_orientation_request import ImageOrientationRequest as ImageOrientationRequest
    from .image_search_item import ImageSearchItem as ImageSearchItem
    from .image_search_item_creative import ImageSearchItemCreative as ImageSearchItemCreative
    from .image_search_item_display_size import (
        ImageSearchItemDisplaySize as ImageSearchItemDisplaySize,
    )
    from .image_search_item_editorial import ImageSearchItemEditorial as ImageSearchItemEditorial
    from .image_search_item_search_results import (
        ImageSearchItemSearchResults as ImageSearchItemSearchResults,
    )
    from .image_techniques_filter_type import ImageTechniquesFilterType as ImageTechniquesFilterType
    from .images_detail_results import ImagesDetailResults as ImagesDetailResults
    from .images_field_values import ImagesFieldValues as ImagesFieldValues
    from .keyword import Keyword as Keyword
    from .license_model_video_request import LicenseModelVideoRequest as LicenseModelVideoRequest
    from .links import Links as Links
    from .location import Location as Location
    from .location_event import LocationEvent as LocationEvent
    from .max_dimensions import MaxDimensions as MaxDimensions
    from .mood_filter_type import MoodFilterType as MoodFilterType
    from .number_of_people_filter_type import NumberOfPeopleFilterType as NumberOfPeopleFilterType
    from .order_detail import OrderDetail as OrderDetail
    from .order_notes import OrderNotes as OrderNotes
    from .overage_details import OverageDetails as OverageDetails
    from .previous_asset_purchase import PreviousAssetPurchase as PreviousAssetPurchase
    from .previous_asset_purchases import PreviousAssetPurchases as PreviousAssetPurchases
    from .product import Product as Product
    from .product_field_values import ProductFieldValues as ProductFieldValues
    from .product_status import ProductStatus as ProductStatus
    from .product_type import ProductType as ProductType
    from .products_result import ProductsResult as ProductsResult
    from .referral_destination import ReferralDestination as ReferralDestination
    from .related_search import RelatedSearch as RelatedSearch
    from .release_status import ReleaseStatus as ReleaseStatus
    from .report_usage_batch_request import ReportUsageBatchRequest as ReportUsageBatchRequest
    from .report_usage_batch_response import ReportUsageBatchResponse as ReportUsageBatchResponse
    from .search_by_image_resource_results import (
        SearchByImageResourceResults as SearchByImageResourceResults,
    )
    from .search_facets_response import SearchFacetsResponse as SearchFacetsResponse
    from .search_file_type import SearchFileType as SearchFileType
    from .sort_order import SortOrder as SortOrder
    from .specific_people import SpecificPeople as SpecificPeople
    from .tee_shirt_size import TeeShirtSize as TeeShirtSize
    from .video_aspect_ratio_filter_type import (
        VideoAspectRatioFilterType as VideoAspectRatioFilterType,
    )
    from .video_detail_field_values import VideoDetailFieldValues as VideoDetailFieldValues
    from .video_formats_request import VideoFormatsRequest as VideoFormatsRequest
    from .video_frame_rates import VideoFrameRates as VideoFrameRates
    from .video_orientation_request import VideoOrientationRequest as VideoOrientationRequest
    from .video_search_item_display_size import (
        VideoSearchItemDisplaySize as VideoSearchItemDisplaySize,
    )
    from .viewpoints_filter_type import ViewpointsFilterType as ViewpointsFilterType

_MODULES: dict[str, str] = {
    "AcquireAssetLicensesRequest": "acquire_asset_licenses_request",
    "AddBoardAssetsResult": "add_board_assets_result",
    "AgeOfPeopleFilterType": "age_of_people_filter_type",
    "AllowedUse": "allowed_use",
    "Artist": "artist",
    "ArtistsImageSearchFieldValues": "artists_image_search_field_values",
    "ArtistsVideoSearchFieldValues": "artists_video_search_field_values",
    "Asset": "asset",
    "AssetDownloadHistoryResults": "asset_download_history_results",
    "AssetIdFromOrder": "asset_id_from_order",
    "AssetLicenseName": "asset_license_name",
    "AssetLicensingResponse": "asset_licensing_response",
    "AssetLifecycle": "asset_lifecycle",
    "AssetRegistrationRequest": "asset_registration_request",
    "AssetType": "asset_type",
    "AssetUsage": "asset_usage",
    "AssociatedVideoDetailFieldValues": "associated_video_detail_field_values",
    "AutoCorrections": "auto_corrections",
    "BlendedImageSortOrder": "blended_image_sort_order",
    "BoardAsset": "board_asset",
    "BoardCommentPermissions": "board_comment_permissions",
    "BoardCreated": "board_created",
    "BoardDetail": "board_detail",
    "BoardInfo": "board_info",
    "BoardList": "board_list",
    "BoardListBoard": "board_list_board",
    "BoardPermissions": "board_permissions",
    "BoardRelationship": "board_relationship",
    "BoardSortOrder": "board_sort_order",
    "ChangeSet": "change_set",
    "ChangedAsset": "changed_asset",
    "Channel": "channel",
    "Collaborator": "collaborator",
    "Collection": "collection",
    "CollectionsFilterType": "collections_filter_type",
    "CollectionsList": "collections_list",
    "Comment": "comment",
    "CommentCreated": "comment_created",
    "CommentPermissions": "comment_permissions",
    "CommentRequest": "comment_request",
    "CommentsList": "comments_list",
    "CompositionsFilterType": "compositions_filter_type",
    "CountriesList": "countries_list",
    "Country": "country",
    "CreateImageSearchFacetsFields": "create_image_search_facets_fields",
    "CreateVideoSearchFacetsFields": "create_video_search_facets_fields",
    "CreativeImageSearchResults": "creative_image_search_results",
    "CreativeImageSortOrder": "creative_image_sort_order",
    "CreativeImagesFieldValues": "creative_images_field_values",
    "CreativeVideoSearchItem": "creative_video_search_item",
    "CreativeVideoSearchResults": "creative_video_search_results",
    "CreativeVideoSortOrder": "creative_video_sort_order",
    "CreativeVideosFieldValues": "creative_videos_field_values",
    "CustomerInfoResponse": "customer_info_response",
    "DisplaySize": "display_size",
    "Download": "download",
    "DownloadDetails": "download_details",
    "DownloadDimensions": "download_dimensions",
    "DownloadHistoryPage": "download_history_page",
    "DownloadRecord": "download_record",
    "DownloadRequirements": "download_requirements",
    "DownloadUri": "download_uri",
    "DownloadUser": "download_user",
    "EditorialGraphicalStyle": "editorial_graphical_style",
    "EditorialImageSearchFacetsFields": "editorial_image_search_facets_fields",
    "EditorialImageSearchResults": "editorial_image_search_results",
    "EditorialImagesFieldValues": "editorial_images_field_values",
    "EditorialSegmentContract": "editorial_segment_contract",
    "EditorialSource": "editorial_source",
    "EditorialVideoSearchFacetsFields": "editorial_video_search_facets_fields",
    "EditorialVideoSearchItem": "editorial_video_search_item",
    "EditorialVideoSearchResults": "editorial_video_search_results",
    "EditorialVideoType": "editorial_video_type",
    "EditorialVideosFieldValues": "editorial_videos_field_values",
    "Entertainment": "entertainment",
    "Error": "error",
    "EthnicityFilterType": "ethnicity_filter_type",
    "Event": "event",
    "EventDetailFieldValues": "event_detail_field_values",
    "EventFieldValues": "event_field_values",
    "EventSearchSortOrder": "event_search_sort_order",
    "EventsSearchResult": "events_search_result",
    "ExtendedLicenses": "extended_licenses",
    "FacetEvent": "facet_event",
    "GraphicalStyle": "graphical_style",
    "GraphicalStylesFilterType": "graphical_styles_filter_type",
    "HeroImage": "hero_image",
    "HeroImageDisplaySize": "hero_image_display_size",
    "IStockLicense": "i_stock_license",
    "ImageDetailFieldValues": "image_detail_field_values",
    "ImageOrientationRequest": "image_orientation_request",
    "ImageSearchItem": "image_search_item",
    "ImageSearchItemCreative": "image_search_item_creative",
    "ImageSearchItemDisplaySize": "image_search_item_display_size",
    "ImageSearchItemEditorial": "image_search_item_editorial",
    "ImageSearchItemSearchResults": "image_search_item_search_results",
    "ImageTechniquesFilterType": "image_techniques_filter_type",
    "ImagesDetailResults": "images_detail_results",
    "ImagesFieldValues": "images_field_values",
    "Keyword": "keyword",
    "LicenseModelVideoRequest": "license_model_video_request",
    "Links": "links",
    "Location": "location",
    "LocationEvent": "location_event",
    "MaxDimensions": "max_dimensions",
    "MoodFilterType": "mood_filter_type",
    "NumberOfPeopleFilterType": "number_of_people_filter_type",
    "OrderDetail": "order_detail",
    "OrderNotes": "order_notes",
    "OverageDetails": "overage_details",
    "PreviousAssetPurchase": "previous_asset_purchase",
    "PreviousAssetPurchases": "previous_asset_purchases",
    "Product": "product",
    "ProductFieldValues": "product_field_values",
    "ProductStatus": "product_status",
    "ProductType": "product_type",
    "ProductsResult": "products_result",
    "ReferralDestination": "referral_destination",
    "RelatedSearch": "related_search",
    "ReleaseStatus": "release_status",
    "ReportUsageBatchRequest": "report_usage_batch_request",
    "ReportUsageBatchResponse": "report_usage_batch_response",
    "SearchByImageResourceResults": "search_by_image_resource_results",
    "SearchFacetsResponse": "search_facets_response",
    "SearchFileType": "search_file_type",
    "SortOrder": "sort_order",
    "SpecificPeople": "specific_people",
    "TeeShirtSize": "tee_shirt_size",
    "VideoAspectRatioFilterType": "video_aspect_ratio_filter_type",
    "VideoDetailFieldValues": "video_detail_field_values",
    "VideoFormatsRequest": "video_formats_request",
    "VideoFrameRates": "video_frame_rates",
    "VideoOrientationRequest": "video_orientation_request",
    "VideoSearchItemDisplaySize": "video_search_item_display_size",
    "ViewpointsFilterType": "viewpoints_filter_type",
}

__all__ = [
    "AcquireAssetLicensesRequest",
    "AddBoardAssetsResult",
    "AgeOfPeopleFilterType",
    "AllowedUse",
    "Artist",
    "ArtistsImageSearchFieldValues",
    "ArtistsVideoSearchFieldValues",
    "Asset",
    "AssetDownloadHistoryResults",
    "AssetIdFromOrder",
    "AssetLicenseName",
    "AssetLicensingResponse",
    "AssetLifecycle",
    "AssetRegistrationRequest",
    "AssetType",
    "AssetUsage",
    "AssociatedVideoDetailFieldValues",
    "AutoCorrections",
    "BlendedImageSortOrder",
    "BoardAsset",
    "BoardCommentPermissions",
    "BoardCreated",
    "BoardDetail",
    "BoardInfo",
    "BoardList",
    "BoardListBoard",
    "BoardPermissions",
    "BoardRelationship",
    "BoardSortOrder",
    "ChangeSet",
    "ChangedAsset",
    "Channel",
    "Collaborator",
    "Collection",
    "CollectionsFilterType",
    "CollectionsList",
    "Comment",
    "CommentCreated",
    "CommentPermissions",
    "CommentRequest",
    "CommentsList",
    "CompositionsFilterType",
    "CountriesList",
    "Country",
    "CreateImageSearchFacetsFields",
    "CreateVideoSearchFacetsFields",
    "CreativeImageSearchResults",
    "CreativeImageSortOrder",
    "CreativeImagesFieldValues",
    "CreativeVideoSearchItem",
    "CreativeVideoSearchResults",
    "CreativeVideoSortOrder",
    "CreativeVideosFieldValues",
    "CustomerInfoResponse",
    "DisplaySize",
    "Download",
    "DownloadDetails",
    "DownloadDimensions",
    "DownloadHistoryPage",
    "DownloadRecord",
    "DownloadRequirements",
    "DownloadUri",
    "DownloadUser",
    "EditorialGraphicalStyle",
    "EditorialImageSearchFacetsFields",
    "EditorialImageSearchResults",
    "EditorialImagesFieldValues",
    "EditorialSegmentContract",
    "EditorialSource",
    "EditorialVideoSearchFacetsFields",
    "EditorialVideoSearchItem",
    "EditorialVideoSearchResults",
    "EditorialVideoType",
    "EditorialVideosFieldValues",
    "Entertainment",
    "Error",
    "EthnicityFilterType",
    "Event",
    "EventDetailFieldValues",
    "EventFieldValues",
    "EventSearchSortOrder",
    "EventsSearchResult",
    "ExtendedLicenses",
    "FacetEvent",
    "GraphicalStyle",
    "GraphicalStylesFilterType",
    "HeroImage",
    "HeroImageDisplaySize",
    "IStockLicense",
    "ImageDetailFieldValues",
    "ImageOrientationRequest",
    "ImageSearchItem",
    "ImageSearchItemCreative",
    "ImageSearchItemDisplaySize",
    "ImageSearchItemEditorial",
    "ImageSearchItemSearchResults",
    "ImageTechniquesFilterType",
    "ImagesDetailResults",
    "ImagesFieldValues",
    "Keyword",
    "LicenseModelVideoRequest",
    "Links",
    "Location",
    "LocationEvent",
    "MaxDimensions",
    "MoodFilterType",
    "NumberOfPeopleFilterType",
    "OrderDetail",
    "OrderNotes",
    "OverageDetails",
    "PreviousAssetPurchase",
    "PreviousAssetPurchases",
    "Product",
    "ProductFieldValues",
    "ProductStatus",
    "ProductType",
    "ProductsResult",
    "ReferralDestination",
    "RelatedSearch",
    "ReleaseStatus",
    "ReportUsageBatchRequest",
    "ReportUsageBatchResponse",
    "SearchByImageResourceResults",
    "SearchFacetsResponse",
    "SearchFileType",
    "SortOrder",
    "SpecificPeople",
    "TeeShirtSize",
    "VideoAspectRatioFilterType",
    "VideoDetailFieldValues",
    "VideoFormatsRequest",
    "VideoFrameRates",
    "VideoOrientationRequest",
    "VideoSearchItemDisplaySize",
    "ViewpointsFilterType",
]


def __getattr__(name: str) -> object:
    """Load a model on first use."""
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    model: object = getattr(_import_module(f".{_MODULES[name]}", __name__), name)
    globals()[name] = model
    return model


def __dir__() -> list[str]:
    """List the models, loaded or not."""
    return [*globals(), *__all__]
